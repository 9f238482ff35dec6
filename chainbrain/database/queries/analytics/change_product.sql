-- One row per group of products: its quantity and receipts now and before, on the store-days fit to compare whose products are
-- known on both sides: of the orders that have at least 95 % of the day's receipts the products come to what the guest paid,
-- each with its quantity. What is not of such orders is in no row.
with scope as (select store_id from base.known_stores where $stores is null or store_id in (select unnest($stores::varchar[]))),
pairs as materialized (select p.* from base.day_pairs($first, $after, $shift) p semi join scope using (store_id) where p.state = 'pair'),
sold as materialized (
    select o.order_id, o.store_code as store_id, o.business_day, o.amount
    from base.placed_orders o
    where o.status not in ('cancelled', 'open') and o.channel is distinct from 'stored_value'
      and ((o.business_day >= $first and o.business_day < $after) or (o.business_day >= $first - $shift and o.business_day < $after - $shift))
      and ($stores is null or o.store_code in (select unnest($stores::varchar[])))
),
goods as materialized (
    select i.order_id, i.category, sum(i.quantity) as quantity, sum(i.amount) as amount, bool_and(coalesce(i.quantity > 0, false)) as counted
    from base.order_items i semi join sold using (order_id) group by all
),
told as materialized (
    select s.order_id, s.store_id, s.business_day, s.amount
    from sold s
    join (select order_id, sum(amount) as amount, bool_and(counted) as counted from goods group by order_id) g on g.order_id = s.order_id
    where g.counted and g.amount = s.amount
),
days as materialized (
    select s.store_id, s.business_day from sold s left join told t on t.order_id = s.order_id
    group by s.store_id, s.business_day having sum(t.amount) >= 0.95 * sum(s.amount)
),
known as (
    select p.store_id, p.day, p.base_day from pairs p
    semi join days n on n.store_id = p.store_id and n.business_day = p.day
    semi join days b on b.store_id = p.store_id and b.business_day = p.base_day
),
sides as (
    select g.category, g.quantity as now_quantity, g.amount as now, 0 as base_quantity, 0 as base
    from known k join told t on t.store_id = k.store_id and t.business_day = k.day join goods g on g.order_id = t.order_id
    union all
    select g.category, 0, 0, g.quantity, g.amount
    from known k join told t on t.store_id = k.store_id and t.business_day = k.base_day join goods g on g.order_id = t.order_id
)
select category, sum(now_quantity), cast(sum(now) as decimal(18,2)), sum(base_quantity), cast(sum(base) as decimal(18,2))
from sides group by category order by category
