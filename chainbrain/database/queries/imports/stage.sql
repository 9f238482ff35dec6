-- Staged rows of one kind, one per record, with the id their content gives them.
-- by_id: the platform's own number identifies the row; otherwise all its fields and how often they occurred in the file.
-- fingerprint: all fields without the occurrence, for rows that overlap.sql has to tell from each other.
create or replace temp table staged_{kind} as
with incoming as (
    select r.* exclude (filename), f.file_no, f.file_id
    from read_parquet($paths, filename = true) r join staged_files f on f.path = r.filename
), named as (
    select *, {by_id} as by_id, concat_ws(chr(31), '{word}', {identity}) as identity_text from incoming
), numbered as (
    select *, row_number() over (partition by file_no, identity_text order by sheet, line) as occurrence from named
), identified as (
    select * exclude (identity_text),
           cast(md5(case when by_id then identity_text else concat_ws(chr(31), identity_text, occurrence) end) as uuid) as record_id,
           case when {fingerprint} then cast(md5(identity_text) as uuid) end as fingerprint
    from numbered
)
select *, min(file_no) over (partition by coalesce(fingerprint, record_id)) as first_file_no from identified;
