-- Takes the rows of undone files back: a row that another file also brought moves there, the others go.
create or replace temp table homes as
with others as (
    select s.record_id, {'file_id': s.file_id, 'sheet': s.sheet, 'line': s.line} as place,
           row(f.imported_at, f.name, s.file_id, coalesce(s.sheet, ''), s.line) as turn
    from base.sightings s
    join base.source_files f on f.file_id = s.file_id
    where s.record_type = '{word}' and s.file_id not in (select file_id from leaving_files)
      and s.record_id in (select {id} from {table} where file_id in (select file_id from leaving_files))
)
select record_id, unnest(arg_min(place, turn)) from others group by record_id;

update {table} set file_id = h.file_id, sheet = h.sheet, line = h.line from homes h where {table}.{id} = h.record_id;
-- Only the sighting that became the row itself goes; the same file may have seen it on other lines as well.
delete from base.sightings
where record_type = '{word}' and (
    file_id in (select file_id from leaving_files)
    or exists (
        select 1 from homes h
        where h.record_id = sightings.record_id and h.file_id = sightings.file_id
          and h.sheet is not distinct from sightings.sheet and h.line = sightings.line
    )
);
delete from {table} where file_id in (select file_id from leaving_files);
