-- Per month, store and channel what was taken under numbers of head office, of the store, or of nobody knows whom (no side).
select cast(date_trunc('month', business_day) as date) as month, store_id, channel, by_platform, side, count(*) as rows,
       cast(sum(amount) as decimal(38,2)) as amount, cast(sum(fee) as decimal(38,5)) as fee
from base.collected_payments
where store_id in (select unnest($stores)) and ($first is null or business_day >= $first)
group by all order by all
