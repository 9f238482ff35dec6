-- One row per store of the book, also a closed one: its days, and what its master row says it belongs to.
select store_id, coalesce(name, store_id) as name, opened_on, closed_on, region, city, city_tier, format, ownership
from base.known_stores order by store_id
