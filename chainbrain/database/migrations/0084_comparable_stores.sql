-- Which stores can be compared is told once, and the same everywhere: growth of a store that still ramps up is that of its opening.
-- It stood in the growth of the chain, of the waterfall and of the list behind both, and was left out of the league alone.

-- The stores that are compared over [from_day, to_day) with the days so many days before: open throughout, and 240 days old on the first of
-- them (MATURE_AFTER_DAYS in own_openings.py). Of a chain without a store that old all that were open are.
create macro base.comparable_stores(from_day, to_day, shift_days) as table
with open as (
    select store_id, coalesce(opened_on <= from_day - shift_days - 240, true) as grown
    from base.known_stores
    where coalesce(opened_on <= from_day - shift_days, true) and coalesce(closed_on >= to_day, true)
)
select store_id from open where grown or not exists (from open where grown);

create or replace macro base.day_pairs(from_day, to_day, shift_days) as table
with now_days as (select * from base.store_days(from_day, to_day)),
old_days as (select * from base.store_days(from_day - shift_days, to_day - shift_days)),
local as (select * from base.local_holidays(from_day - shift_days, to_day))
select s.store_id, k.day, k.base_day,
       case when c.store_id is null then if(s.closed_on < to_day and coalesce(s.opened_on <= from_day - shift_days, true), 'closed', 'new')
            when n.state is distinct from 'full' or o.state is distinct from 'full' then 'gap'
            when if(l.day is null, k.kind, 'holiday') <> if(m.day is null, k.base_kind, 'holiday') then 'calendar'
            else 'pair' end as state
from base.known_stores s
cross join (from base.day_kinds(from_day, to_day, shift_days)) k
left join (from base.comparable_stores(from_day, to_day, shift_days)) c on c.store_id = s.store_id
left join now_days n on n.store_id = s.store_id and n.day = k.day
left join old_days o on o.store_id = s.store_id and o.day = k.base_day
left join local l on l.store_id = s.store_id and l.day = k.day
left join local m on m.store_id = s.store_id and m.day = k.base_day;
