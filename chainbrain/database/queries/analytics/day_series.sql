-- One row per day (per store and day when $by_store): what was sold, how many expected stores reported, and the range to expect:
-- the 10th, 50th and 90th percentile of the last eight comparable days of the same weekday within 16 weeks, fewer than four:
-- unknown. A comparable day is neither a holiday nor a worked weekend, and every store that reported on the day in question
-- and was open then has reported too: like is compared with like while a file is missing.
with days as materialized (
    select d.store_id, if($by_store, d.store_id, '') as line, d.day, d.state, coalesce(s.amount, 0) as amount, coalesce(s.orders, 0) as orders,
           h.day is null as ordinary
    from base.store_days($first - 112, $after) d
    left join base.store_day_sales s on s.store_id = d.store_id and s.business_day = d.day
    left join base.holidays h on h.day = d.day
    where $stores is null or list_contains($stores::varchar[], d.store_id)
),
history as (
    select c.line, c.day, o.day as earlier, sum(o.amount) as amount
    from days c
    join days o on o.store_id = c.store_id and o.ordinary and o.day < c.day and o.day >= c.day - 112 and (c.day - o.day) % 7 = 0
    where c.day >= $first and c.ordinary and c.state <> 'missing'
    group by c.line, c.day, o.day
    having count(*) filter (where o.state = 'missing') = 0 and count(*) filter (where o.state = 'full') > 0
    qualify row_number() over (partition by c.line, c.day order by o.day desc) <= 8
),
ranges as (
    select line, day, quantile_cont(amount, [0.1, 0.5, 0.9]) as points from history group by line, day having count(*) >= 4
),
sums as (
    select line, day, sum(amount) as amount, sum(orders) as orders, count(*) as expected, count(*) filter (where state <> 'missing') as present
    from days where day >= $first group by line, day
)
select s.line, s.day, s.amount, s.orders, s.expected, s.present, r.points[1], r.points[2], r.points[3]
from sums s left join ranges r on r.line = s.line and r.day = s.day
order by s.line, s.day
