-- One row per store, sales channel and business day: receipts less refunds.
select store_id, channel, business_day, cast(sum(amount) - sum(refunds) as double) as receipts
from base.daily_sales
group by all
order by all;
