-- One row per day whose daily facts the rows of these files move: the days of their orders and of the orders they pay or give back, the
-- days on which these were paid and given back.
with files as (select cast(unnest($files::varchar[]) as uuid) as file_id),
new_orders as (select order_id from base.orders where file_id in (from files)),
new_tenders as (select order_id from base.tenders where file_id in (from files)),
moved as (from new_orders union from new_tenders),
paid as (
    select t.order_id, t.is_refund, t.paid_at, t.store_code from base.placed_tenders t where t.order_id in (from moved)
)
select business_day as day from base.orders where order_id in (from moved)
union
select coalesce(cast(paid_at as date), date '1900-01-01') from paid
union
select cast(p.paid_at - to_seconds(epoch(s.day_cutoff)) as date)
from paid p join main.stores s on s.store_id = p.store_code where p.is_refund and p.paid_at is not null
order by day
