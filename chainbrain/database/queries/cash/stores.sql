-- One row per store: what it is called, its region, when it opened, will open or closes (the first day without sales),
-- its city, who runs it, its format and the tier of its city in the owner's words.
select store_id, coalesce(name, store_id), coalesce(region, city), opened_on, closed_on, city, ownership, format, city_tier from main.stores order by store_id;
