-- One business day of a store in one sales channel: receipts, what was given back on it, and the rest, as the forecast of receipts counts it.
select concat_ws(' ', store_id, channel, business_day) as day_id, business_day, store_id, channel, sum(amount) as gross, sum(refunds) as refunded,
       sum(amount) - sum(refunds) as amount
from base.daily_sales
where ($first is null or business_day >= $first) and ($after is null or business_day < $after)
  and ($stores is null or store_id in (select unnest($stores::varchar[]))) and ($channel is null or channel = $channel)
group by store_id, channel, business_day
having $text is null or cast(sum(amount) - sum(refunds) as varchar) = $text
