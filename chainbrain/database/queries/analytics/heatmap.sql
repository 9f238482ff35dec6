-- One row per weekday (1 is Monday) and hour: receipts and orders of the period, and on how many days of that weekday any
-- chosen store sold.
with sales as materialized (
    select isodow(business_day) as weekday, business_day, hour, sum(amount) as amount, sum(orders) as orders
    from base.daily_sales
    where business_day >= $first and business_day < $after and hour >= 0 and orders > 0
      and ($stores is null or store_id in (select unnest($stores::varchar[])))
    group by all
),
days as (select weekday, count(distinct business_day) as days from sales group by weekday)
select s.weekday, s.hour, sum(s.amount), sum(s.orders), any_value(d.days)
from sales s join days d on d.weekday = s.weekday
group by s.weekday, s.hour
order by s.weekday, s.hour
