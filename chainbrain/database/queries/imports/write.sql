-- The new rows of one kind become facts. A suspect row that a person took is told apart from the row it resembles by the
-- file and line that brought it.
insert into {table} by name
select if(state = 'new', record_id, cast(md5(concat_ws(chr(31), record_id, file_id, coalesce(sheet, ''), line)) as uuid)) as {id},
       {extra} {columns}, file_id, sheet, line
from classified_{kind}
where {becomes} = 'new' and file_id in (select file_id from writing_files);

-- Rows that another file brought first are remembered, so that undoing that file does not lose them.
insert into base.sightings by name
select '{word}' as record_type, if(state = 'seen', record_id, same_as) as record_id, file_id, sheet, line
from classified_{kind}
where {becomes} = 'seen' and file_id in (select file_id from writing_files);

-- Suspect rows stay known with what was decided about them; those left out were not written.
insert into base.left_out_rows by name
select file_id, sheet, line, 'suspect' as state, {shown_name} as column_name, {shown_value} as value, code, decision
from classified_{kind} where state = 'suspect' and file_id in (select file_id from writing_files);
