-- What each channel took for a store in a month after fees, whoever collected it.
select channel, count(*) as rows, cast(sum(amount) as decimal(38,2)) as amount, cast(sum(fee) as decimal(38,5)) as fee
from base.collected_payments where store_id = $store and business_day >= $first and business_day < $after
group by channel order by channel
