-- One row: the orders of the period, their receipts, and of the orders paid with more or less than they came to how many there are and by how much
-- more, and by how much less, was paid. An order without any payment counts as one paid with less.
with mine as (
    select order_id, amount from base.placed_orders
    where business_day >= $first and business_day < $after and status not in ('cancelled', 'open') and channel is distinct from 'stored_value'
      and ($stores is null or list_contains($stores::varchar[], store_code))
),
paid as (select t.order_id, sum(t.amount) as paid from base.tenders t semi join mine using (order_id) where not t.is_refund group by t.order_id),
beside as (select m.amount, coalesce(p.paid, 0) - m.amount as over from mine m left join paid p using (order_id))
select count(*), cast(coalesce(sum(amount), 0) as decimal(18,2)), count(*) filter (where over > 0),
       cast(coalesce(sum(over) filter (where over > 0), 0) as decimal(18,2)), count(*) filter (where over < 0),
       cast(coalesce(-sum(over) filter (where over < 0), 0) as decimal(18,2))
from beside
