-- One row per store of the book, also a closed one: what its master row says it belongs to.
select store_id, region, city, city_tier, format, ownership from base.known_stores order by store_id
