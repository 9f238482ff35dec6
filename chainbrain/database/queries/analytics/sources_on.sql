-- One row per store and source that should have a file in [$day, $after): whether one of its accounts lacks any of these days.
select d.source, d.store_id, any_value(coalesce(s.name, d.store_id)) as name, bool_or(d.state = 'missing') as lacking
from base.source_days($day, $after) d join base.known_stores s on s.store_id = d.store_id
group by d.source, d.store_id
order by d.source, d.store_id
