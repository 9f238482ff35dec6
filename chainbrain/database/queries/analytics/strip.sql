-- One row: sales of the period and what wallets and platforms charged on their takings, then the same for the store-days fit to
-- compare and for the days they are compared with, the stores that lack a file of any source, and how many were to be open.
with scope as (select store_id, coalesce(name, store_id) as name from main.stores where $stores is null or list_contains($stores::varchar[], store_id)),
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
taken as materialized (
    select business_day as d, store_id, sum(fees) as fees, sum(takings) as takings
    from base.daily_takings
    where ((business_day >= $first and business_day < $after) or (business_day >= $first - $shift and business_day < $after - $shift))
      and ($stores is null or list_contains($stores::varchar[], store_id))
    group by all
),
charged as (select sum(fees) as fees, sum(takings) as takings from taken where d >= $first and d < $after),
charged_compared as (
    select sum(n.fees) as fees, sum(n.takings) as takings, sum(b.fees) as base_fees, sum(b.takings) as base_takings
    from pairs p
    left join taken n on n.store_id = p.store_id and n.d = p.day
    left join taken b on b.store_id = p.store_id and b.d = p.base_day
    where p.state = 'pair'
),
incomplete as (
    -- Every store that should have been open has at least its till among the sources.
    select count(*) as expected, list({'id': i.store_id, 'name': s.name} order by i.store_id) filter (where i.lacking) as stores
    from (select store_id, bool_or(state = 'missing') as lacking from base.source_days($first, $after) group by store_id) i
    join scope s on s.store_id = i.store_id
)
select s.amount, s.orders, s.refunds, c.amount, c.orders, c.refunds, c.base_amount, c.base_orders, c.base_refunds,
       n.stores_compared, n.calendar_days, f.fees, f.takings, g.fees, g.takings, g.base_fees, g.base_takings, i.stores, i.expected
from sold s, compared c, counted n, charged f, charged_compared g, incomplete i
