-- One row of the arranged file per row, with its state after the decision about it.
with page as (
    select * from preview_rows where place >= $first and place < $after
), decided as (
    select p.*, case when p.state = 'suspect' or p.held then coalesce(d.decision, $others) end as decision
    from page p
    left join (select distinct on (line, sheet) * from row_decisions where file_id = cast($file as uuid)) d
        on d.line = p.line and d.sheet is not distinct from p.sheet
)
select line, sheet,
       case when state = 'suspect' then case decision when 'new' then 'new' when 'same' then 'seen' else state end
            when held and coalesce(decision, 'leave') = 'leave' then 'suspect' else state end as state,
       word, moment, number,
       store, amount, column_name, value, code, decision
from decided order by place;
