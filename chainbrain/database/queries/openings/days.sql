-- One row per merchant number and day: what it took on a day that its opening balance has in it.
select channel, merchant as merchant_no, opening_day, day, count(*) as items, cast(sum(amount) as decimal(18,2)) as gross
from base.arrival_movements
where contained and part = 'gross' and ($first is null or day >= $first) and ($after is null or day < $after)
  and ($channel is null or channel = $channel) and ($merchant is null or merchant = coalesce(base.merchant_key($merchant), '-'))
group by all
order by channel, merchant_no, day
