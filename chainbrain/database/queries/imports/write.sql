-- The new rows of one kind become facts.
insert into {table} by name
select record_id as {id}, {extra} {columns}, file_id, sheet, line from classified_{kind} where state = 'new' and file_id in (select file_id from writing_files);

-- Rows that another file brought first are remembered, so that undoing that file does not lose them.
insert into base.sightings by name
select '{word}' as record_type, record_id, file_id, sheet, line
from classified_{kind} where state = 'seen' and file_id in (select file_id from writing_files);
