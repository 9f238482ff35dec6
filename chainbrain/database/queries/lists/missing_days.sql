-- One business day of [$first, $after) on which a store should have been open and no till file says anything.
select concat_ws(' ', store_id, day) as day_id, store_id, day as business_day
from base.store_days(cast($first as date), cast($after as date))
where state = 'missing' and ($stores is null or list_contains($stores::varchar[], store_id))
