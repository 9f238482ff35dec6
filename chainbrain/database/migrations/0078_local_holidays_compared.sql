-- One row per store and day of a period beside the day shift_days before it. state: new or closed (the store was not open
-- through both periods), gap (either day is missing or closed), calendar (one is a holiday or a worked weekend, the other not),
-- pair (fit to compare). The states divide every yuan of the change exactly once. A holiday of one region, city or store only,
-- as 经营安排 tells it, is a holiday for those stores whatever the calendar of the country says.
create or replace macro base.day_pairs(from_day, to_day, shift_days) as table
with days as (select cast(unnest(generate_series(cast(from_day as date), cast(to_day as date) - interval 1 day, interval 1 day)) as date) as d),
kinds as (
    select days.d, days.d - shift_days as base_d, coalesce(h.kind, '') as kind, coalesce(b.kind, '') as base_kind
    from days left join base.holidays h on h.day = days.d left join base.holidays b on b.day = days.d - shift_days
),
local_holidays as (
    select distinct s.store_id, cast(unnest(generate_series(e.first_day, e.last_day, interval 1 day)) as date) as day
    from base.standing_store_events e
    join main.stores s on coalesce(e.store_id, s.store_id) = s.store_id and (e.region is null or e.region = s.region or e.region = s.city)
    where e.kind = 'holiday' and e.last_day >= cast(from_day as date) - shift_days and e.first_day < cast(to_day as date)
),
now_days as (select * from base.store_days(from_day, to_day)),
old_days as (select * from base.store_days(from_day - shift_days, to_day - shift_days))
select s.store_id, k.d as day, k.base_d as base_day,
       case when s.opened_on > from_day - shift_days then 'new'
            when s.closed_on < to_day then 'closed'
            when n.state is distinct from 'full' or o.state is distinct from 'full' then 'gap'
            when if(l.day is null, k.kind, 'holiday') <> if(m.day is null, k.base_kind, 'holiday') then 'calendar'
            else 'pair' end as state
from main.stores s
cross join kinds k
left join now_days n on n.store_id = s.store_id and n.day = k.d
left join old_days o on o.store_id = s.store_id and o.day = k.base_d
left join local_holidays l on l.store_id = s.store_id and l.day = k.d
left join local_holidays m on m.store_id = s.store_id and m.day = k.base_d;
