-- The latest closed month that keeps one of the differences, unless its record was still on its way and carried into the next month.
select max(c.month)
from base.month_differences d
join base.standing_closes c on c.entry_id = d.entry_id
where cast(d.difference_id as varchar) in (select unnest($subjects::varchar[]))
  and not exists (
      select 1 from base.month_open_items o
      where o.entry_id = (select max(entry_id) from base.standing_closes) and o.record_type = d.record_type and o.record_id = d.record_id
  )
