-- One row per source of $sources that lacks the files of the stores at the same places of $lacking on $last: what such days
-- usually bring in yuan (their average of the 28 days before, an estimate that belongs in no sum).
with lacking as (select unnest($sources::varchar[]) as source, unnest($lacking::varchar[]) as store_id),
sold as (
    select store_id, cast(sum(amount) * 100 as bigint) // count(distinct business_day) as fen
    from base.store_day_sales where business_day >= $last - 28 and business_day < $last group by store_id
),
taken as (
    select store_id, channel, cast(sum(takings) * 100 as bigint) // count(distinct business_day) as fen
    from base.daily_takings where business_day >= $last - 28 and business_day < $last and store_id is not null
    group by store_id, channel
),
usual as (
    select store_id, 'till' as source, fen from sold
    union all
    -- A till that never reported: its wallets say the least it sells.
    select store_id, 'till', sum(fen) from taken where store_id not in (select store_id from sold) group by store_id
    union all
    select store_id, channel, fen from taken
)
select k.source, cast(cast(coalesce(sum(u.fen), 0) as decimal(18,0)) * 0.01 as decimal(18,2))
from lacking k
left join usual u on u.store_id = k.store_id and u.source = k.source
group by k.source
order by k.source
