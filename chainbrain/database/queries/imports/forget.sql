-- Takes the rows of undone files back: a row that another file also brought moves there, the others go.
create or replace temp table homes as
select s.record_id, min_by(s.file_id, f.imported_at) as file_id, min_by(s.sheet, f.imported_at) as sheet, min_by(s.line, f.imported_at) as line
from base.sightings s
join base.source_files f on f.file_id = s.file_id
where s.record_type = '{word}' and s.file_id not in (select file_id from leaving_files)
  and s.record_id in (select {id} from {table} where file_id in (select file_id from leaving_files))
group by s.record_id;

update {table} set file_id = h.file_id, sheet = h.sheet, line = h.line from homes h where {table}.{id} = h.record_id;
delete from base.sightings
where record_type = '{word}' and (
    file_id in (select file_id from leaving_files)
    or exists (select 1 from homes h where h.record_id = sightings.record_id and h.file_id = sightings.file_id)
);
delete from {table} where file_id in (select file_id from leaving_files);
