-- What doing an import once more needs to know of its files; as remembered of one that is taken back (remember.sql).
select cast(file_id as varchar), container_sha256, if(member is null, name, left(name, length(name) - length(member) - 1)) as name,
       concat_ws('/', format, layout) as read_as, control_total = 'differs' as differs, imported_at, mapping, new_rows + seen_rows as taken, broken_rows
from base.source_files where entry_id = $entry order by imported_at, name
