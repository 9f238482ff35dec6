-- What overlap.sql compares: the staged rows of those days, the rows that the book has there, and the files of the run
-- that are row for row another file.
create or replace temp table overlap_rows as
with rows as (
    select file_no, record_id, fingerprint, occurrence, {strong} as strong, coalesce({source}, '') as source,
           coalesce(cast({moment} as date), date '1970-01-01') as day,
           coalesce(cast({moment} as timestamp), timestamp '1970-01-01') as moment
    from classified_{kind} where fingerprint is not null
)
select rows.* from rows join overlap_days using (source, day);

create or replace temp table known_rows as
select k.record_id, k.fingerprint, d.source, d.day, k.moment
from known_rows k join overlap_days d on d.source = coalesce(k.source, '') and d.day = cast(k.moment as date);

-- The book's files that brought or saw one of these rows, as a whole: how many rows, and the sum of their hashes.
create or replace temp table whole_files as
with concerned as (
    select file_id from {table} where {id} in (select record_id from known_rows)
    union
    select file_id from base.sightings where record_type = '{word}' and record_id in (select record_id from known_rows)
), brought as (
    select file_id, {id} as record_id from {table} where file_id in (select file_id from concerned)
    union all
    select file_id, record_id from base.sightings
    where record_type = '{word}' and file_id in (select file_id from concerned)
), prints as (
    select {id} as record_id, hash(cast(md5(concat_ws(chr(31), '{word}', {identity})) as uuid)) as print
    from (select *, cast(null as varchar) as apart from {table} where not ({by_id}))
    where {id} in (select record_id from brought)
), book_files as (
    select cast(-1 as bigint) as file_no, count(*) as rows, sum(cast(p.print as hugeint)) as digest
    from brought join prints p using (record_id) group by file_id
), run_files as (
    select file_no, count(*) as rows, sum(cast(hash(fingerprint) as hugeint)) as digest,
           count(distinct fingerprint) as prints
    from classified_{kind} where fingerprint is not null group by file_no
)
select f.file_no
from run_files f
where f.prints > 1 and f.file_no in (select file_no from overlap_rows) and exists (
    select 1 from (select * from book_files union all select file_no, rows, digest from run_files) o
    where o.file_no < f.file_no and o.rows = f.rows and o.digest = f.digest
);
