-- What groups of products brought on the store-days fit to compare whose products are known on both sides: of the orders that have at
-- least 95 % of the day's receipts the products come to what the guest paid, each with its quantity. What is not of such orders is in no
-- row. One row per store-day, group and order, of the day or (base_) of the one that it is compared with. The sum of a change by products
-- and the list behind it both read it.
create macro base.paired_products(from_day, to_day, shift_days, chosen) as table
with pairs as materialized (
    select p.store_id, p.day, p.base_day from base.day_pairs(from_day, to_day, shift_days) p
    where p.state = 'pair' and (chosen is null or list_contains(chosen::varchar[], p.store_id))
),
sold as materialized (
    select o.order_id, o.store_code as store_id, o.business_day, o.amount
    from base.placed_orders o
    where o.status not in ('cancelled', 'open') and o.channel is distinct from 'stored_value'
      and ((o.business_day >= from_day and o.business_day < to_day)
           or (o.business_day >= from_day - shift_days and o.business_day < to_day - shift_days))
      and (chosen is null or list_contains(chosen::varchar[], o.store_code))
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
    select p.* from pairs p
    semi join days n on n.store_id = p.store_id and n.business_day = p.day
    semi join days b on b.store_id = p.store_id and b.business_day = p.base_day
)
select k.store_id, k.day, k.base_day, g.category, g.quantity, g.amount, 0 as base_quantity, 0 as base_amount
from known k join told t on t.store_id = k.store_id and t.business_day = k.day join goods g on g.order_id = t.order_id
union all
select k.store_id, k.day, k.base_day, g.category, 0, 0, g.quantity, g.amount
from known k join told t on t.store_id = k.store_id and t.business_day = k.base_day join goods g on g.order_id = t.order_id;
