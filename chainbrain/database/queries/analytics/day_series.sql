-- One row per day (per store and day when $by_store): what was sold, whether every expected store reported, and the range to
-- expect: the 10th, 50th and 90th percentile of the last eight comparable days of the same weekday within 16 weeks (a
-- comparable day is complete and neither a holiday nor a worked weekend; fewer than four of them: unknown).
with days as materialized (
    select if($by_store, d.store_id, '') as store_id, d.day, count(*) as expected, count(*) filter (where d.state <> 'missing') as present,
           count(*) filter (where d.state = 'full') as open, coalesce(sum(s.amount), 0) as amount, coalesce(sum(s.orders), 0) as orders
    from base.store_days($first - 112, $after) d
    left join base.store_day_sales s on s.store_id = d.store_id and s.business_day = d.day
    where $stores is null or list_contains($stores::varchar[], d.store_id)
    group by all
),
ordinary as (
    select days.store_id, days.day, days.amount from days
    where days.present = days.expected and days.open > 0 and days.day not in (select day from base.holidays)
),
history as (
    select c.store_id, c.day, o.amount
    from days c
    join ordinary o on o.store_id = c.store_id and o.day < c.day and o.day >= c.day - 112 and (c.day - o.day) % 7 = 0
    where c.day >= $first and c.day not in (select day from base.holidays)
    qualify row_number() over (partition by c.store_id, c.day order by o.day desc) <= 8
),
ranges as (
    select store_id, day, quantile_cont(amount, [0.1, 0.5, 0.9]) as points from history group by store_id, day having count(*) >= 4
)
select d.store_id, d.day, d.amount, d.orders, d.expected, d.present, r.points[1], r.points[2], r.points[3]
from days d left join ranges r on r.store_id = d.store_id and r.day = d.day
where d.day >= $first
order by d.store_id, d.day
