-- One row per sales channel (or daypart): what it sold in the period, and in the store-days fit to compare beside their base.
with scope as (select store_id from base.known_stores where $stores is null or list_contains($stores::varchar[], store_id)),
sales as materialized (
    select store_id, business_day, part, amount, orders, refunds from base.daily_parts semi join scope using (store_id)
    where divided = if($by = 'daypart', 'daypart', 'channel')
      and ((business_day >= $first and business_day < $after) or (business_day >= $first - $shift and business_day < $after - $shift))
),
pairs as materialized (select * from base.day_pairs($first, $after, $shift) semi join scope using (store_id) where state = 'pair'),
parts as (
    select part, sum(amount) as amount, sum(orders) as orders, sum(refunds) as refunds, null as now, null as base
    from sales where business_day >= $first group by part
    union all
    select s.part, 0, 0, 0, sum(s.amount), 0 from pairs p join sales s on s.store_id = p.store_id and s.business_day = p.day group by s.part
    union all
    select s.part, 0, 0, 0, 0, sum(s.amount) from pairs p join sales s on s.store_id = p.store_id and s.business_day = p.base_day group by s.part
)
select part, sum(amount), sum(orders), sum(refunds), sum(now), sum(base) from parts group by part
having sum(amount) <> 0 or sum(orders) <> 0 or sum(refunds) <> 0
order by sum(amount) desc, part
