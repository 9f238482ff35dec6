-- One row: sales of the period, the same for the store-days fit to compare and for the days they are compared with,
-- and what wallets and platforms charged on their takings in both periods.
with scope as (select store_id from main.stores where $stores is null or list_contains($stores::varchar[], store_id)),
pairs as materialized (select p.* from base.day_pairs($first, $after, $shift) p semi join scope using (store_id)),
sold as (
    select sum(amount) as amount, sum(orders) as orders, sum(refunds) as refunds
    from base.store_day_sales s semi join scope using (store_id) where business_day >= $first and business_day < $after
),
compared as (
    select sum(n.amount) as amount, sum(n.orders) as orders, sum(n.refunds) as refunds,
           sum(b.amount) as base_amount, sum(b.orders) as base_orders, sum(b.refunds) as base_refunds
    from pairs p
    left join base.store_day_sales n on n.store_id = p.store_id and n.business_day = p.day
    left join base.store_day_sales b on b.store_id = p.store_id and b.business_day = p.base_day
    where p.state = 'pair'
),
counted as (
    select count(distinct store_id) filter (where state = 'pair') as stores_compared,
           count(distinct day) filter (where state = 'calendar') as calendar_days
    from pairs
),
charged as (
    select sum(p.fee) filter (where p.d >= $first) as fees, sum(p.amount) filter (where p.d >= $first) as takings,
           sum(p.fee) filter (where p.d < $first) as base_fees, sum(p.amount) filter (where p.d < $first) as base_takings
    from (
        select coalesce(l.business_day, cast(p.occurred_at as date)) as d, l.store_id, p.fee, p.amount
        from base.payments p left join base.payment_links l on l.payment_id = p.payment_id
        where not p.cancelled and p.kind in ('payment', 'refund')
    ) p
    where ((p.d >= $first and p.d < $after) or (p.d >= $first - $shift and p.d < $after - $shift))
      and ($stores is null or list_contains($stores::varchar[], p.store_id))
)
select s.amount, s.orders, s.refunds, c.amount, c.orders, c.refunds, c.base_amount, c.base_orders, c.base_refunds,
       n.stores_compared, n.calendar_days, f.fees, f.takings, f.base_fees, f.base_takings
from sold s, compared c, counted n, charged f
