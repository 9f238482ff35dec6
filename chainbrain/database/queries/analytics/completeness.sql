-- One row per row of the matrix (a store or a source) and day: how many of the expected files are there, missing, closed.
select if($by = 'store', d.store_id, d.source) as key, if($by = 'store', any_value(coalesce(s.name, d.store_id)), null) as name, d.day,
       count(*) filter (where d.state = 'full') as present, count(*) filter (where d.state = 'missing') as missing,
       count(*) filter (where d.state = 'closed') as closed,
       list(distinct if($by = 'store', d.source, coalesce(s.name, d.store_id))) filter (where d.state = 'missing') as lacking
from base.source_days($first, $after) d join base.known_stores s on s.store_id = d.store_id
where $stores is null or d.store_id in (select unnest($stores::varchar[]))
group by key, d.day
order by key, d.day
