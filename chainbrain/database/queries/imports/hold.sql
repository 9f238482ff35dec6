-- New and seen records of one kind that stand on the line of a suspect record.
update classified_{kind} c set held = true
from suspect_lines l
where c.state <> 'suspect' and l.file_no = c.file_no and l.line = c.line and l.sheet is not distinct from c.sheet;
