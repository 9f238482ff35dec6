-- Staged rows of one kind, one per record, with the id their content gives them.
-- by_id: the platform's own number identifies the row; otherwise all its fields and how often they occurred in the file.
-- fingerprint: all fields without the occurrence, for rows that overlap.sql has to tell from each other.
create or replace temp table staged_{kind} as
with incoming as (
    select r.* exclude (filename), f.file_no, f.file_id
    from read_parquet($paths, filename = true) r join staged_files f on f.path = r.filename
), named as (
    select *, {by_id} as by_id, concat_ws(chr(31), '{word}', {identity}) as identity_text from incoming
)
select * exclude (identity_text), cast(1 as bigint) as occurrence,
       cast(md5(case when by_id then identity_text else concat_ws(chr(31), identity_text, 1) end) as uuid) as record_id,
       case when {fingerprint} then cast(md5(identity_text) as uuid) end as fingerprint, file_no as first_file_no
from named;

-- Nearly every row is the first of its kind and has its id by now; only those that occur again in their file are numbered.
create or replace temp table staged_again as
select s.rowid as place, row_number() over (partition by s.file_no, s.record_id order by s.sheet, s.line) as occurrence
from staged_{kind} s
semi join (select file_no, record_id from staged_{kind} group by file_no, record_id having count(*) > 1) r
    on r.file_no = s.file_no and r.record_id = s.record_id;

update staged_{kind} set occurrence = a.occurrence,
    record_id = case when by_id then record_id else cast(md5(concat_ws(chr(31), '{word}', {identity}, a.occurrence)) as uuid) end
from staged_again a
where staged_{kind}.rowid = a.place and a.occurrence > 1;

drop table staged_again;

update staged_{kind} set first_file_no = f.first_no
from (
    select coalesce(fingerprint, record_id) as same, min(file_no) as first_no
    from staged_{kind} group by same having min(file_no) < max(file_no)
) f
where coalesce(fingerprint, record_id) = f.same and file_no > f.first_no;
