-- One row per store: its sales of the period and what wallets and platforms charged on its takings, then the same for the store-days
-- fit to compare and for the days they are compared with, whether any day can be compared, the days that only a holiday sets apart,
-- whether it should have been open and whether it lacks a file of any source. Charges of no known store have a row of their own.
with pairs as materialized (select * from base.day_pairs($first, $after, $shift)),
sold as (
    select store_id, sum(amount) as amount, sum(orders) as orders, sum(refunds) as refunds
    from base.store_day_sales where business_day >= $first and business_day < $after group by store_id
),
fit as materialized (select store_id, day, base_day from pairs where state = 'pair'),
-- A store-day stands in fit once, and so does the day it is compared with: each is added up by itself.
compared as (
    select s.store_id, sum(amount) as amount, sum(orders) as orders, sum(refunds) as refunds
    from base.store_day_sales s join fit p on s.store_id = p.store_id and s.business_day = p.day
    where s.business_day >= $first and s.business_day < $after group by s.store_id
),
compared_base as (
    select s.store_id, sum(amount) as amount, sum(orders) as orders, sum(refunds) as refunds
    from base.store_day_sales s join fit p on s.store_id = p.store_id and s.business_day = p.base_day
    where s.business_day >= $first - $shift and s.business_day < $after - $shift group by s.store_id
),
counted as (
    select store_id, bool_or(state = 'pair') as compared, list(day) filter (where state = 'calendar') as calendar_days
    from pairs group by store_id
),
charged as (
    select store_id, sum(fees) as fees, sum(takings) as takings from base.daily_takings
    where business_day >= $first and business_day < $after group by store_id
),
charged_compared as (
    select t.store_id, sum(fees) as fees, sum(takings) as takings
    from base.daily_takings t join fit p on t.store_id = p.store_id and t.business_day = p.day
    where t.business_day >= $first and t.business_day < $after group by t.store_id
),
charged_base as (
    select t.store_id, sum(fees) as fees, sum(takings) as takings
    from base.daily_takings t join fit p on t.store_id = p.store_id and t.business_day = p.base_day
    where t.business_day >= $first - $shift and t.business_day < $after - $shift group by t.store_id
),
covered as (select channel, account_no, day from base.account_days where day >= $first and day < $after),
lives as materialized (select store_id, day, state from base.store_days($first, $after)),
accounts as (
    select distinct store_id, channel, base.merchant_key(merchant_no) as account_no, greatest(coalesce(valid_from, $first), $first) as since,
           least(coalesce(valid_to, $after), $after) as until
    from main.merchant_accounts where store_id is not null and channel not in ('bank', 'cash', 'stored_value', 'coupon', 'other')
),
doubtful as (
    -- Where there is a file for every day of the period, none can lack: only the other accounts are looked at day by day.
    select a.* from accounts a
    left join (select channel, account_no, count(*) as days from covered group by all) c on c.channel = a.channel and c.account_no = a.account_no
    where a.since < a.until and coalesce(c.days, 0) < $after - $first
),
lacking as (
    -- The stores that lack a file, as base.source_days tells it source by source.
    select store_id from lives where state = 'missing'
    union
    select d.store_id from lives d
    join doubtful a on a.store_id = d.store_id and d.day >= a.since and d.day < a.until
    left join covered c on c.channel = a.channel and c.account_no = a.account_no and c.day = d.day
    where d.state <> 'closed' and c.day is null
),
-- Every store that should have been open has at least its till among the sources.
expected as (select distinct store_id from lives)
select coalesce(s.store_id, f.store_id) as store_id, coalesce(s.name, s.store_id) as name,
       cast(o.amount as decimal(18,2)) as amount, cast(o.orders as bigint) as orders, cast(o.refunds as decimal(18,2)) as refunds,
       cast(c.amount as decimal(18,2)) as now_amount, cast(c.orders as bigint) as now_orders, cast(c.refunds as decimal(18,2)) as now_refunds,
       cast(d.amount as decimal(18,2)) as base_amount, cast(d.orders as bigint) as base_orders, cast(d.refunds as decimal(18,2)) as base_refunds,
       cast(f.fees as decimal(18,5)) as fees, cast(f.takings as decimal(18,2)) as takings,
       cast(g.fees as decimal(18,5)) as now_fees, cast(g.takings as decimal(18,2)) as now_takings,
       cast(h.fees as decimal(18,5)) as base_fees, cast(h.takings as decimal(18,2)) as base_takings,
       coalesce(n.compared, false) as compared, coalesce(n.calendar_days, []) as calendar_days,
       e.store_id is not null as expected, e.store_id is not null and l.store_id is not null as lacking
from main.stores s
left join sold o on o.store_id = s.store_id
left join compared c on c.store_id = s.store_id
left join compared_base d on d.store_id = s.store_id
left join counted n on n.store_id = s.store_id
left join charged_compared g on g.store_id = s.store_id
left join charged_base h on h.store_id = s.store_id
left join expected e on e.store_id = s.store_id
left join lacking l on l.store_id = s.store_id
full join charged f on f.store_id = s.store_id
order by 1 nulls last
