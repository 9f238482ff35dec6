-- One row per source: store-days with a file, without, and closed.
select source as channel, count(distinct store_id) as stores, count(*) filter (where state = 'full') as present,
       count(*) filter (where state = 'missing') as missing, count(*) filter (where state = 'closed') as closed
from base.source_days($first, $after)
where ($stores is null or list_contains($stores::varchar[], store_id)) and ($channel is null or source = $channel)
group by source
order by source <> 'till', source
