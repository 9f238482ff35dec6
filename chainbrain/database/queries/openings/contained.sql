-- One row per merchant number and month: what it took before its opening balance, which has it in it, so that no figure counts it again;
-- and the day of that balance.
select channel, merchant, opening_day, cast(date_trunc('month', day) as date) as month, cast(sum(amount) as decimal(18,2)) as amount, count(*) as items
from base.arrival_movements
where contained and part = 'gross' and ($first is null or day >= $first) and ($after is null or day < $after)
  and ($channel is null or channel = $channel) and ($merchant is null or merchant = coalesce(base.merchant_key($merchant), '-'))
group by all
order by month, opening_day, channel, merchant
