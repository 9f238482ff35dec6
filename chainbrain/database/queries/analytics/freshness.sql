-- One row per source: how many stores should have it on $day, how many have it, and the names of those that lack it.
select source, count(*) filter (where lacking = 0) as present, count(*) as expected,
       list({'id': store_id, 'name': name} order by store_id) filter (where lacking > 0) as missing
from (
    select d.source, d.store_id, coalesce(s.name, d.store_id) as name, count(*) filter (where d.state = 'missing') as lacking
    from base.source_days($day, $after) d join main.stores s on s.store_id = d.store_id
    where $stores is null or list_contains($stores::varchar[], d.store_id)
    group by d.source, d.store_id, s.name
)
group by source
order by source <> 'till', source
