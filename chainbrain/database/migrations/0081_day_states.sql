-- What each store was on each day (full, part, missing, closed) is kept with the day lines (chainbrain/day_lines.py): comparisons of a
-- year or of half of the stores worked it out of the files several times over.

-- The days on which any store should have been open or sold; only those without a mark of their own when unmarked.
create macro base.store_days_among(from_day, to_day, unmarked) as table
with days as materialized (
    select d from (select cast(unnest(generate_series(cast(from_day as date), cast(to_day as date) - interval 1 day, interval 1 day)) as date) as d)
    where not unmarked or d not in (select day from base.day_marks)
),
lives as (
    select s.store_id, coalesce(s.opened_on, b.first_sale, date '2000-01-01') as opens, s.closed_on as closes
    from main.stores s
    left join (
        select store_id, min(business_day) as first_sale from base.store_day_sales where exists (from days) group by store_id
    ) b on b.store_id = s.store_id
)
select l.store_id, days.d as day,
       case when t.covered or p.store_id is not null then if(coalesce(t.whole, true), 'full', 'part')
            when t.store_id is not null then 'closed'
            else 'missing' end as state
from days
cross join lives l
left join (from base.till_days t semi join days on days.d = t.day) t on t.store_id = l.store_id and t.day = days.d
left join (
    select s.store_id, s.business_day from base.store_day_sales s semi join days on days.d = s.business_day where s.orders > 0
) p on p.store_id = l.store_id and p.business_day = days.d
where (days.d >= l.opens and (l.closes is null or days.d < l.closes)) or coalesce(t.covered, false) or p.store_id is not null;

create table base.day_states (store_id varchar not null, day date not null, state varchar not null);
create view base.day_states_of_rows as
select s.* from base.store_days_among((select first_day - 140 from base.day_lines_span), (select after_day from base.day_lines_span), false) s;

-- Days with a mark are kept; what lies outside of them is told by the files.
create or replace macro base.store_days(from_day, to_day) as table
select store_id, day, state from base.day_states where day >= from_day and day < to_day
union all
select store_id, day, state from base.store_days_among(from_day, to_day, true);

create or replace macro base.day_marks_of(from_day, to_day) as table
select d.day, sum(hash(d.store_id, d.state, coalesce(s.amount, 0), coalesce(s.orders, 0), h.day is null)) as mark
from base.store_days_among(from_day, to_day, false) d
left join base.store_day_sales s on s.store_id = d.store_id and s.business_day = d.day
left join base.holidays h on h.day = d.day
group by d.day;

-- Nothing is kept yet.
delete from base.day_marks;
