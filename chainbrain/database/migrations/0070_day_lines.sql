-- What each store, and all together, sold day by day beside the range to expect: the macro reckons it of the daily facts, a table keeps it
-- for the last days of the book (chainbrain/day_lines.py), because the ranges of every store are the dearest thing the overview shows.

-- One row per day (per store and day when per_store): what was sold, how many expected stores reported, and the range to expect:
-- the 10th, 50th and 90th percentile of the last eight comparable days of the same weekday within 16 weeks, times the recent
-- trend. Fewer than four such days: unknown. A comparable day is neither a holiday nor a worked weekend, and every store that
-- reported on the day in question and was open then has reported too: like is compared with like while a file is missing.
-- The trend is the median ratio of actual to that middle over the 28 days before, with fewer than seven of them 1: a store that
-- grows week by week is measured against where it stands, not against where it stood. chosen: only these stores, null for all.
create macro base.day_lines_of(from_day, to_day, per_store, chosen) as table
with days as materialized (
    select d.store_id, if(per_store, d.store_id, '') as line, d.day, d.state, coalesce(s.amount, 0) as amount, coalesce(s.orders, 0) as orders,
           h.day is null as ordinary, isodow(d.day) as weekday
    from base.store_days(cast(from_day as date) - 140, to_day) d
    left join base.store_day_sales s on s.store_id = d.store_id and s.business_day = d.day
    left join base.holidays h on h.day = d.day
    where chosen is null or list_contains(chosen::varchar[], d.store_id)
),
history as (
    select c.line, c.day, o.day as earlier, sum(o.amount) as amount
    from days c
    join days o on o.store_id = c.store_id and o.weekday = c.weekday and o.ordinary and o.day < c.day and o.day >= c.day - 112
    where c.day >= cast(from_day as date) - 28 and c.ordinary and c.state <> 'missing'
    group by c.line, c.day, o.day
    having count(*) filter (where o.state = 'missing') = 0 and count(*) filter (where o.state = 'full') > 0
    qualify row_number() over (partition by c.line, c.day order by o.day desc) <= 8
),
ranges as materialized (
    select line, day, quantile_cont(amount, [0.1, 0.5, 0.9]) as points from history group by line, day having count(*) >= 4
),
sums as materialized (
    select line, day, sum(amount) as amount, cast(sum(orders) as bigint) as orders, count(*) as expected, count(*) filter (where state <> 'missing') as present
    from days where day >= cast(from_day as date) - 28 group by line, day
),
ratios as (
    select s.line, s.day, cast(s.amount / r.points[2] as decimal(18,6)) as ratio
    from sums s join ranges r on r.line = s.line and r.day = s.day where r.points[2] > 0
),
trends as (
    select s.line, s.day, quantile_cont(r.ratio, 0.5) as trend
    from sums s join ratios r on r.line = s.line and r.day >= s.day - 28 and r.day < s.day
    where s.day >= from_day group by s.line, s.day having count(*) >= 7
)
select s.line, s.day, cast(s.amount as decimal(18,2)) as amount, s.orders, s.expected, s.present,
       cast(cast(r.points[1] as decimal(18,2)) * coalesce(t.trend, 1) as decimal(18,2)) as low,
       cast(cast(r.points[2] as decimal(18,2)) * coalesce(t.trend, 1) as decimal(18,2)) as middle,
       cast(cast(r.points[3] as decimal(18,2)) * coalesce(t.trend, 1) as decimal(18,2)) as high
from sums s
left join ranges r on r.line = s.line and r.day = s.day
left join trends t on t.line = s.line and t.day = s.day
where s.day >= from_day;

-- The days that are kept: from a quarter before the first that a till or its file tells, at most 800; a mistyped year makes no more work.
create view base.day_lines_span as
select greatest(cast(min(day) as date) - 92, max(day) - 799) as first_day, max(day) + 1 as after_day
from (
    select min(business_day) as day from base.store_day_sales union all select max(business_day) from base.store_day_sales
    union all select min(day) from base.till_days union all select max(day) from base.till_days
);

-- line: the store's number, empty for all stores together.
create table base.day_lines (
    line varchar not null, day date not null, amount decimal(18,2) not null, orders bigint not null, expected bigint not null,
    present bigint not null, low decimal(18,2), middle decimal(18,2), high decimal(18,2)
);
create view base.day_lines_of_rows as
select l.* from base.day_lines_of((select first_day from base.day_lines_span), (select after_day from base.day_lines_span), true, null) l
union all
select l.* from base.day_lines_of((select first_day from base.day_lines_span), (select after_day from base.day_lines_span), false, null) l;

-- What the lines were reckoned by: one mark a day over everything that they read of it. A day whose mark is another has moved, whatever
-- moved it (a file, an undo, a master row, a holiday), and with it the 140 days after it.
create table base.day_marks (day date not null, mark hugeint not null);
create macro base.day_marks_of(from_day, to_day) as table
select d.day, sum(hash(d.store_id, d.state, coalesce(s.amount, 0), coalesce(s.orders, 0), h.day is null)) as mark
from base.store_days(from_day, to_day) d
left join base.store_day_sales s on s.store_id = d.store_id and s.business_day = d.day
left join base.holidays h on h.day = d.day
group by d.day;
