-- One row per store and day of the period: whether its till file is there (null on days on which it was not to be open), and
-- what it sold; a day without its file sold an unknown amount, not nothing.
with days as (select cast(unnest(generate_series($first::date, $after::date - 1, interval 1 day)) as date) as day),
chosen as (select store_id from base.known_stores where list_contains($stores::varchar[], store_id))
select c.store_id, d.day, s.state,
       case when s.state in ('full', 'closed') then coalesce(v.amount, 0) end,
       case when s.state in ('full', 'closed') then coalesce(v.orders, 0) end
from chosen c
cross join days d
left join base.store_days($first, $after) s on s.store_id = c.store_id and s.day = d.day
left join base.store_day_sales v on v.store_id = c.store_id and v.business_day = d.day
order by c.store_id, d.day
