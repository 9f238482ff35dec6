-- One row per store that is expected on $last: its receipts of the 28 days up to it, oldest first, null where its till file is missing.
select d.store_id, list(if(d.state = 'missing', null, coalesce(s.amount, 0)) order by d.day)
from base.store_days($last::date - 27, $after) d
left join base.store_day_sales s on s.store_id = d.store_id and s.business_day = d.day
where $stores is null or list_contains($stores::varchar[], d.store_id)
group by d.store_id
having max(d.day) = $last
