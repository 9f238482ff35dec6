-- One row per store and source: how many days of the month have their file, a part of it, none, or were not open.
select d.store_id, any_value(coalesce(s.name, d.store_id)) as name, d.source, count(*) filter (where d.state = 'full') as full_days,
       count(*) filter (where d.state = 'part') as part_days, count(*) filter (where d.state = 'closed') as closed_days,
       list_sort(list(distinct d.day) filter (where d.state in ('missing', 'part'))) as lacking
from base.source_days($first, $after) d join main.stores s on s.store_id = d.store_id
group by d.store_id, d.source
order by d.store_id, d.source <> 'till', d.source
