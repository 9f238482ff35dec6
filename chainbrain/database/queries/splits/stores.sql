-- The stores that a rule may be for.
select store_id, coalesce(name, store_id) as name from main.stores order by store_id
