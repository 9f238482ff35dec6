-- One row per store number that tills print and no master row names: how much it sold, and when.
with sold as (
    select o.store_code as code, count(*) as rows, min(o.business_day) as first_day, max(o.business_day) as last_day, sum(o.amount) as amount
    from base.placed_orders o group by o.store_code
    union all
    select store_code, count(*), min(cast(paid_at as date)), max(cast(paid_at as date)), sum(amount) from base.placed_tenders
    where store_code not in (select store_code from base.placed_orders) group by store_code
)
select s.code, s.rows, s.first_day, s.last_day, s.amount
from sold s join main.stores m on m.store_id = s.code
where not m.registered
order by s.code
