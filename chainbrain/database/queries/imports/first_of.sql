-- One row: where lines of a state begin in the arranged file after the decisions about them; null when no line is in it.
select min(p.place)
from preview_rows p
left join (select distinct on (line, sheet) * from row_decisions where file_id = cast($file as uuid)) d
    on d.line = p.line and d.sheet is not distinct from p.sheet
where $state = case
    when p.state <> 'suspect' then p.state
    when coalesce(d.decision, $others) = 'new' then 'new'
    when coalesce(d.decision, $others) = 'same' then p.same
    else p.state
end;
