-- One row: sales of the period and what wallets and platforms charged on their takings, then the same for the store-days fit to
-- compare and for the days they are compared with, the stores that lack a file of any source, and how many were to be open.
with scope as (select store_id, coalesce(name, store_id) as name from main.stores where $stores is null or list_contains($stores::varchar[], store_id)),
pairs as materialized (select p.* from base.day_pairs($first, $after, $shift) p semi join scope using (store_id)),
sold as (
    select sum(amount) as amount, sum(orders) as orders, sum(refunds) as refunds
    from base.store_day_sales s semi join scope using (store_id) where business_day >= $first and business_day < $after
),
fit as materialized (select store_id, day, base_day from pairs where state = 'pair'),
-- A store-day stands in fit once, and so does the day it is compared with: each is added up by itself.
compared as (
    select sum(amount) as amount, sum(orders) as orders, sum(refunds) as refunds
    from base.store_day_sales s join fit p on s.store_id = p.store_id and s.business_day = p.day
    where s.business_day >= $first and s.business_day < $after
),
compared_base as (
    select sum(amount) as amount, sum(orders) as orders, sum(refunds) as refunds
    from base.store_day_sales s join fit p on s.store_id = p.store_id and s.business_day = p.base_day
    where s.business_day >= $first - $shift and s.business_day < $after - $shift
),
counted as (
    select count(distinct store_id) filter (where state = 'pair') as stores_compared,
           count(distinct day) filter (where state = 'calendar') as calendar_days
    from pairs
),
charged as (
    select sum(fees) as fees, sum(takings) as takings from base.daily_takings
    where business_day >= $first and business_day < $after and ($stores is null or list_contains($stores::varchar[], store_id))
),
charged_compared as (
    select sum(fees) as fees, sum(takings) as takings
    from base.daily_takings t join fit p on t.store_id = p.store_id and t.business_day = p.day
    where t.business_day >= $first and t.business_day < $after
),
charged_base as (
    select sum(fees) as fees, sum(takings) as takings
    from base.daily_takings t join fit p on t.store_id = p.store_id and t.business_day = p.base_day
    where t.business_day >= $first - $shift and t.business_day < $after - $shift
),
covered as (select channel, account_no, day from base.account_days where day >= $first and day < $after),
lives as materialized (select store_id, day, state from base.store_days($first, $after)),
accounts as (
    select distinct store_id, channel, base.merchant_key(merchant_no) as account_no, greatest(coalesce(valid_from, $first), $first) as since,
           least(coalesce(valid_to, $after), $after) as until
    from main.merchant_accounts where store_id is not null and channel not in ('bank', 'cash', 'stored_value', 'coupon', 'other')
),
doubtful as (
    -- Where there is a file for every day, none can lack: only the other accounts are looked at day by day.
    select a.store_id, a.channel, a.account_no, a.since, a.until
    from accounts a
    left join covered c on c.channel = a.channel and c.account_no = a.account_no and c.day >= a.since and c.day < a.until
    where a.since < a.until
    group by all having count(c.day) < a.until - a.since
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
incomplete as (
    -- Every store that should have been open has at least its till among the sources.
    select count(*) as expected, list({'id': i.store_id, 'name': s.name} order by i.store_id) filter (where i.store_id in (from lacking)) as stores
    from (select distinct store_id from lives) i
    join scope s on s.store_id = i.store_id
)
select s.amount, s.orders, s.refunds, c.amount, c.orders, c.refunds, d.amount, d.orders, d.refunds,
       n.stores_compared, n.calendar_days, f.fees, f.takings, g.fees, g.takings, h.fees, h.takings, i.stores, i.expected
from sold s, compared c, compared_base d, counted n, charged f, charged_compared g, charged_base h, incomplete i
