-- What was decided about the suspect rows of an import.
select cast(file_id as varchar), line, sheet, any_value(decision) as decision
from base.left_out_rows
where state = 'suspect' and file_id in (select file_id from base.source_files where entry_id = $entry)
group by file_id, sheet, line
