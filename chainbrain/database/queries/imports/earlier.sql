-- One row per other file that brought rows of a planned file before: a file of the book, or (imported_at is null) an
-- earlier file of the same plan. A line counts once, a record that stands for several lines as many times.
with lines as (
    select sheet, line, max(rows) as rows, min(day) as day, min(file_id) as file_id from already_lines
    where planned = cast($file as uuid) group by sheet, line
)
select cast(l.file_id as varchar), f.name, f.imported_at, cast(sum(l.rows) as bigint) as rows, count(distinct l.day), min(l.day), max(l.day)
from lines l left join base.source_files f on f.file_id = l.file_id
where l.file_id is not null
group by l.file_id, f.name, f.imported_at
order by rows desc, l.file_id;
