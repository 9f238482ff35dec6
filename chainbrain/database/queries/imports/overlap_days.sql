-- Where the rows of one kind that bear no number meet equal rows of other files: one row per source and day. The book is
-- asked only about sources and days that are staged, so a first import finds nothing to look at.
create or replace temp table known_rows as
select {id} as record_id, cast(md5(concat_ws(chr(31), '{word}', {identity})) as uuid) as fingerprint,
       {source} as source, coalesce(cast({moment} as timestamp), timestamp '1970-01-01') as moment
from (
    select *, cast(null as varchar) as apart from {table}
    where not ({by_id}) and (coalesce({source}, ''), coalesce(cast({moment} as date), date '1970-01-01')) in (
        select coalesce({source}, ''), coalesce(cast({moment} as date), date '1970-01-01') from classified_{kind}
        where fingerprint is not null
    )
);

create or replace temp table overlap_days as
select distinct coalesce({source}, '') as source, coalesce(cast({moment} as date), date '1970-01-01') as day
from classified_{kind}
where fingerprint is not null and (first_file_no < file_no or fingerprint in (select fingerprint from known_rows));
