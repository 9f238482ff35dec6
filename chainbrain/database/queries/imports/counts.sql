-- One row per staged file: how its lines divide. A line that became several records counts once, in its worst state.
with lines as (
    select file_id, sheet, line,
           case when bool_or(state = 'suspect') then 'suspect' when bool_or(state = 'new') then 'new' else 'seen' end as state
    from classified_lines group by file_id, sheet, line
)
select cast(file_id as varchar), count(*) filter (where state = 'new'), count(*) filter (where state = 'seen'), count(*) filter (where state = 'suspect')
from lines group by file_id;
