-- One group of products of one business day of a store in [$first, $after) that can be compared, with its receipts, beside the same
-- group on the day it is compared with; what nobody told the products of is a row of each day without a group, and alone is shown
-- with $lacks_items. Which days and orders count as told is as in the change by products.
with pairs as materialized (
    select p.store_id, p.day, p.base_day
    from base.day_pairs(cast($first as date), cast($after as date), cast($shift as integer)) p
    semi join main.stores using (store_id)
    where p.state = 'pair' and ($store is null or p.store_id = $store)
),
sold as materialized (
    select o.order_id, o.store_code as store_id, o.business_day, o.amount
    from base.placed_orders o
    where o.status not in ('cancelled', 'open') and o.channel is distinct from 'stored_value'
      and ((o.business_day >= $first and o.business_day < $after)
           or (o.business_day >= cast($first as date) - cast($shift as integer) and o.business_day < cast($after as date) - cast($shift as integer)))
      and ($store is null or o.store_code = $store)
),
goods as materialized (
    select i.order_id, i.category, sum(i.amount) as amount, bool_and(coalesce(i.quantity > 0, false)) as counted
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
),
grouped as (
    select t.store_id, t.business_day, g.category, sum(g.amount) as amount
    from told t join goods g on g.order_id = t.order_id group by all
),
sides as (
    select k.*, g.category, g.amount, 0 as base_amount from known k join grouped g on g.store_id = k.store_id and g.business_day = k.day
    union all
    select k.*, g.category, 0, g.amount from known k join grouped g on g.store_id = k.store_id and g.business_day = k.base_day
),
whole as (
    select p.*, '' as category, s.amount, 0 as base_amount from pairs p join base.store_day_sales s on s.store_id = p.store_id and s.business_day = p.day
    union all
    select p.*, '', 0, s.amount from pairs p join base.store_day_sales s on s.store_id = p.store_id and s.business_day = p.base_day
),
parts as (
    select store_id, day, base_day, category, sum(amount) as amount, sum(base_amount) as base_amount from sides group by all
    union all
    select store_id, day, base_day, '', sum(amount), sum(base_amount)
    from (from whole union all select store_id, day, base_day, '', -amount, -base_amount from sides) group by all
    having sum(amount) <> 0 or sum(base_amount) <> 0
)
select concat_ws(' ', store_id, day, category) as pair_id, store_id, day as business_day, base_day, nullif(category, '') as product,
       cast(amount as decimal(18,2)) as amount, cast(base_amount as decimal(18,2)) as base_amount
from parts
where ($product is null or category = $product) and ($lacks_items is null or (category = '') = $lacks_items)
  and ($text is null or cast(cast(amount as decimal(18,2)) as varchar) = $text or cast(cast(base_amount as decimal(18,2)) as varchar) = $text)
