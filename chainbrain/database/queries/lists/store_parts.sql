-- One part of what a store kept over [$first, $after): receipts, refunds and charges taken off; of four walls also each cost as it was
-- imported for that month, but depreciation, for which no cash leaves.
select concat_ws(' ', 'sum', subject, store_id) as part_id, subject, store_id, cast(amount as decimal(18,5)) as amount, null as note, null as file, null as line
from (
    select store_id, unnest(['receipts', 'refunds']) as subject, unnest([sum(amount), -sum(refunds)]) as amount
    from base.store_day_sales where business_day >= $first and business_day < $after group by store_id
    union all
    select store_id, 'fees', -sum(fees) from base.daily_takings
    where store_id is not null and business_day >= $first and business_day < $after group by store_id
)
where $stores is null or list_contains($stores::varchar[], store_id)
union all
select cast(c.store_cost_id as varchar), c.subject, c.store_id, -c.amount, c.note, f.name, c.line
from main.store_costs c left join base.source_files f on f.file_id = c.file_id
where $part = 'walls' and c.subject <> 'depreciation' and c.month >= $first and c.month < $after and ($stores is null or list_contains($stores::varchar[], c.store_id))
