-- One group of products of one business day of a store in [$first, $after) that can be compared, with its receipts, beside the same
-- group on the day it is compared with; what nobody told the products of is a row of each day without a group, and alone is shown
-- with $lacks_items. Which days and orders count as told is as in the change by products (base.paired_products).
with pairs as materialized (
    select p.store_id, p.day, p.base_day
    from base.day_pairs(cast($first as date), cast($after as date), cast($shift as integer)) p
    where p.state = 'pair' and ($stores is null or list_contains($stores::varchar[], p.store_id))
),
sides as materialized (
    select store_id, day, base_day, category, amount, base_amount
    from base.paired_products(cast($first as date), cast($after as date), cast($shift as integer), $stores::varchar[])
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
