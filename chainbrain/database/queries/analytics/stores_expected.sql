-- One row: the number of stores that should have been open on any day of the period.
select count(distinct store_id) from base.store_days($first, $after)
where $stores is null or list_contains($stores::varchar[], store_id)
