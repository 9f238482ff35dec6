-- One row per store and source: what such a day usually brings there in yuan (its average of the 28 days before $last, an estimate that
-- belongs in no sum).
with sold as (
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
select source, store_id, cast(cast(fen as decimal(18,0)) * 0.01 as decimal(18,2)) from usual
