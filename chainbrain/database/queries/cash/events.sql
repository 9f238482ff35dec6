-- One row per promotion or closure of a store, a region or all stores, as it stands.
select cast(event_id as varchar), kind, first_day, last_day, store_id, region, note
from base.standing_store_events order by first_day, last_day, kind, store_id, region, note, event_id
