-- One row per store: its sales of the period and what wallets and platforms charged on its takings, then the same for the store-days
-- fit to compare and for the days they are compared with, how many those are and which days only a holiday sets apart, how many days were
-- expected, missing or in part, and whether a file of any source lacks. Charges of no known store have a row of their own. {days} has the
-- days of all stores (kept_days.days_from).
with whole as (
    select store_id, sum(amount) as amount, sum(orders) as orders, sum(refunds) as refunds, sum(fees) as fees, sum(takings) as takings,
           count(state) as expected_days, count(*) filter (where state = 'missing') as missing_days,
           count(*) filter (where state = 'part') as part_days, bool_or(lacks) as lacking
    from {days} where day >= $first and day < $after group by store_id
),
local as materialized (select * from base.local_holidays($first - $shift, $after)),
old as (from base.comparable_stores($first, $after, $shift)),
-- The days of which both sides are whole; as base.day_pairs tells those of the states pair and calendar.
beside as (
    select n.store_id, n.day, if(l.day is null, k.kind, 'holiday') = if(m.day is null, k.base_kind, 'holiday') as fit,
           n.amount, n.orders, n.refunds, n.fees, n.takings, b.amount as base_amount, b.orders as base_orders, b.refunds as base_refunds,
           b.fees as base_fees, b.takings as base_takings
    from {days} n
    join {days} b on b.store_id = n.store_id and b.day = n.day - $shift
    semi join old on old.store_id = n.store_id
    join base.day_kinds($first, $after, $shift) k on k.day = n.day
    left join local l on l.store_id = n.store_id and l.day = n.day
    left join local m on m.store_id = n.store_id and m.day = k.base_day
    where n.day >= $first and n.day < $after and b.day >= $first - $shift and b.day < $after - $shift and n.state = 'full' and b.state = 'full'
),
compared as (
    select store_id, sum(amount) filter (where fit) as amount, sum(orders) filter (where fit) as orders,
           sum(refunds) filter (where fit) as refunds, sum(fees) filter (where fit) as fees, sum(takings) filter (where fit) as takings,
           sum(base_amount) filter (where fit) as base_amount, sum(base_orders) filter (where fit) as base_orders,
           sum(base_refunds) filter (where fit) as base_refunds, sum(base_fees) filter (where fit) as base_fees,
           sum(base_takings) filter (where fit) as base_takings, count(*) filter (where fit) as days, list(day) filter (where not fit) as calendar_days
    from beside group by store_id
)
select coalesce(s.store_id, w.store_id) as store_id, coalesce(s.name, s.store_id) as name, s.city, s.ownership, s.opened_on, s.format, s.city_tier,
       cast(w.amount as decimal(18,2)) as amount, cast(w.orders as bigint) as orders, cast(w.refunds as decimal(18,2)) as refunds,
       cast(w.fees as decimal(18,5)) as fees, cast(w.takings as decimal(18,2)) as takings,
       cast(c.amount as decimal(18,2)) as now_amount, cast(c.orders as bigint) as now_orders, cast(c.refunds as decimal(18,2)) as now_refunds,
       cast(c.fees as decimal(18,5)) as now_fees, cast(c.takings as decimal(18,2)) as now_takings,
       cast(c.base_amount as decimal(18,2)) as base_amount, cast(c.base_orders as bigint) as base_orders,
       cast(c.base_refunds as decimal(18,2)) as base_refunds, cast(c.base_fees as decimal(18,5)) as base_fees,
       cast(c.base_takings as decimal(18,2)) as base_takings,
       coalesce(c.days, 0) as compared_days, coalesce(c.calendar_days, []) as calendar_days, coalesce(w.expected_days, 0) as expected_days,
       coalesce(w.missing_days, 0) as missing_days, coalesce(w.part_days, 0) as part_days, s.store_id is not null and coalesce(w.lacking, false) as lacking
from base.known_stores s
full join whole w on w.store_id = s.store_id
left join compared c on c.store_id = s.store_id
order by 1 nulls last
