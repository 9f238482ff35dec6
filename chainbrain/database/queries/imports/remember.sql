-- Before the files of an import are taken out: what doing it again needs.
delete from base.history_files where entry_id = $entry;
delete from base.history_rows where entry_id = $entry;

insert into base.history_files by name
select $entry as entry_id, file_id, container_sha256,
       if(member is null, name, left(name, length(name) - length(member) - 1)) as name,
       concat_ws('/', format, layout) as read_as, control_total = 'differs' as differs, imported_at,
       mapping, new_rows + seen_rows as taken, broken_rows as broken
from base.source_files where entry_id = $entry;

insert into base.history_rows by name
select $entry as entry_id, file_id, sheet, line, any_value(decision) as decision
from base.left_out_rows
where state = 'suspect' and file_id in (select file_id from base.source_files where entry_id = $entry)
group by file_id, sheet, line;
