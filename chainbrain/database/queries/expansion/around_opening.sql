-- One row per store and weekday: net sales and counted days before and after an opening, ordinary days only (holidays and worked
-- weekends move office and mall stores in opposite directions).
select d.store_id, isodow(d.day) as weekday,
       cast(coalesce(sum(v.amount - v.refunds) filter (where d.day < $opened), 0) as decimal(18,2)),
       count(*) filter (where d.day < $opened),
       cast(coalesce(sum(v.amount - v.refunds) filter (where d.day >= $opened), 0) as decimal(18,2)),
       count(*) filter (where d.day >= $opened)
from base.store_days($first, $after) d
left join base.store_day_sales v on v.store_id = d.store_id and v.business_day = d.day
where d.state in ('full', 'closed') and (d.day < $opened or d.day >= $settled)
  and d.day not in (select day from base.holidays)
group by d.store_id, weekday
order by d.store_id, weekday;
