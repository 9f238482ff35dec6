-- One line of the arranged file per row, with its state after the decision about it.
with page as (
    select * from preview_rows where place >= $first and place < $after
), decided as (
    select p.*, case when p.state = 'suspect' then coalesce(d.decision, $others) end as decision
    from page p
    left join (select distinct on (line, sheet) * from row_decisions where file_id = cast($file as uuid)) d
        on d.line = p.line and d.sheet is not distinct from p.sheet
)
select line, sheet,
       case when state = 'suspect' then case decision when 'new' then 'new' when 'same' then same else state end else state end,
       shown.word, shown.moment, shown.number, shown.store, shown.amount, doubt.column_name, doubt.value,
       coalesce(doubt.code, shown.code), decision, shown.memo, coalesce(timed, false), doubt.differing
from decided order by place;
