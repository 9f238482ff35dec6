-- A person's word on the suspect rows of one kind, and on those that wait on the same line; a row that nobody spoke about
-- is left, or new when all are taken.
update classified_{kind} c
set decision = coalesce(
    (
        select any_value(d.decision) from row_decisions d
        where d.file_id = c.file_id and d.line = c.line and coalesce(d.sheet, '') = coalesce(c.sheet, '')
    ),
    $others
)
where state = 'suspect' or held;
