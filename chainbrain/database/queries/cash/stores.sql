-- One row per store: what it is called, its region, when it opened, will open or closes (the first day without sales),
-- its city and who runs it.
select store_id, coalesce(name, store_id), coalesce(region, city), opened_on, closed_on, city, ownership from main.stores order by store_id;
