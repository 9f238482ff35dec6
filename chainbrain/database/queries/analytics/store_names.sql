-- One row per store: what people call it; without a master row the number stands for the name.
select store_id, coalesce(name, store_id) from base.known_stores
