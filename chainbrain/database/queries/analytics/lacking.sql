-- One row per store, source and run of days that lack a file.
with lacking as (
    select d.store_id, d.source, d.account_no, d.day, d.day - cast(row_number() over (partition by d.store_id, d.source, d.account_no order by d.day) as integer) as run
    from base.source_days($first, $after) d
    where d.state = 'missing' and ($stores is null or d.store_id in (select unnest($stores::varchar[]))) and ($channel is null or d.source = $channel)
)
select l.store_id, coalesce(s.name, l.store_id) as store, l.source as channel, l.account_no, min(l.day) as first_day, max(l.day) as last_day, count(*) as days
from lacking l left join base.known_stores s on s.store_id = l.store_id
group by l.store_id, s.name, l.source, l.account_no, l.run
order by l.store_id, l.source, first_day
