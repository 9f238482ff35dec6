-- One row per day (per store and day when $by_store): what was sold, how many expected stores reported, and the range to expect:
-- the 10th, 50th and 90th percentile of the last eight comparable days of the same weekday within 16 weeks, times the recent
-- trend. Fewer than four such days: unknown. A comparable day is neither a holiday nor a worked weekend, and every store that
-- reported on the day in question and was open then has reported too: like is compared with like while a file is missing.
-- The trend is the median ratio of actual to that middle over the 28 days before, with fewer than seven of them 1: a store that
-- grows week by week is measured against where it stands, not against where it stood.
with days as materialized (
    select d.store_id, if($by_store, d.store_id, '') as line, d.day, d.state, coalesce(s.amount, 0) as amount, coalesce(s.orders, 0) as orders,
           h.day is null as ordinary, isodow(d.day) as weekday
    from base.store_days($first - 140, $after) d
    left join base.store_day_sales s on s.store_id = d.store_id and s.business_day = d.day
    left join base.holidays h on h.day = d.day
    where $stores is null or list_contains($stores::varchar[], d.store_id)
),
history as (
    select c.line, c.day, o.day as earlier, sum(o.amount) as amount
    from days c
    join days o on o.store_id = c.store_id and o.weekday = c.weekday and o.ordinary and o.day < c.day and o.day >= c.day - 112
    where c.day >= $first - 28 and c.ordinary and c.state <> 'missing'
    group by c.line, c.day, o.day
    having count(*) filter (where o.state = 'missing') = 0 and count(*) filter (where o.state = 'full') > 0
    qualify row_number() over (partition by c.line, c.day order by o.day desc) <= 8
),
ranges as materialized (
    select line, day, quantile_cont(amount, [0.1, 0.5, 0.9]) as points from history group by line, day having count(*) >= 4
),
sums as materialized (
    select line, day, sum(amount) as amount, cast(sum(orders) as bigint) as orders, count(*) as expected, count(*) filter (where state <> 'missing') as present
    from days where day >= $first - 28 group by line, day
),
ratios as (
    select s.line, s.day, cast(s.amount / r.points[2] as decimal(18,6)) as ratio
    from sums s join ranges r on r.line = s.line and r.day = s.day where r.points[2] > 0
),
trends as (
    select s.line, s.day, quantile_cont(r.ratio, 0.5) as trend
    from sums s join ratios r on r.line = s.line and r.day >= s.day - 28 and r.day < s.day
    where s.day >= $first group by s.line, s.day having count(*) >= 7
)
select s.line, s.day, s.amount, s.orders, s.expected, s.present,
       cast(cast(r.points[1] as decimal(18,2)) * coalesce(t.trend, 1) as decimal(18,2)),
       cast(cast(r.points[2] as decimal(18,2)) * coalesce(t.trend, 1) as decimal(18,2)),
       cast(cast(r.points[3] as decimal(18,2)) * coalesce(t.trend, 1) as decimal(18,2))
from sums s
left join ranges r on r.line = s.line and r.day = s.day
left join trends t on t.line = s.line and t.day = s.day
where s.day >= $first
order by s.line, s.day
