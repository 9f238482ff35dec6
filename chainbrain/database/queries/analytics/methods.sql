-- One row per means of payment: what the tills took with it in the period, refunds apart.
select t.method, coalesce(sum(t.amount) filter (where not t.is_refund), 0), count(*) filter (where not t.is_refund),
       coalesce(-sum(t.amount) filter (where t.is_refund), 0), null, null
from base.tenders t join base.placed_orders o on o.order_id = t.order_id
where o.business_day >= $first and o.business_day < $after and o.status not in ('cancelled', 'open')
  and o.channel is distinct from 'stored_value' and ($stores is null or list_contains($stores::varchar[], o.store_code))
group by t.method
order by 2 desc, 1
