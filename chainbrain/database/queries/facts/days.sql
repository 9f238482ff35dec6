-- One row per day with orders, or with money given back (where a store's day ends later it counts on the day before), and its orders.
select day, sum(orders)
from (
    select business_day as day, count(*) as orders from base.orders group by business_day
    union all
    select cast(paid_at as date) - cast(number as integer), 0 from base.tenders, range(2) t(number) where is_refund and paid_at is not null group by all
)
group by day
order by day
