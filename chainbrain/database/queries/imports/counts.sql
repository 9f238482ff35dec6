-- One row per staged file: how its rows divide. A line that became several records counts once, in its worst state; a
-- record that stands for several lines counts as many.
with lines as (
    select file_id, sheet, line, max(rows) as rows,
           case when bool_or(state = 'suspect') then 'suspect' when bool_or(state = 'new') then 'new' else 'seen' end as state
    from classified_lines where file_id in (select file_id from divided_files) group by file_id, sheet, line
)
select cast(file_id as varchar),
       coalesce(cast(sum(rows) filter (where state = 'new') as bigint), 0), coalesce(cast(sum(rows) filter (where state = 'seen') as bigint), 0),
       coalesce(cast(sum(rows) filter (where state = 'suspect') as bigint), 0)
from lines group by file_id;
