-- One row per store: what it is called, its region, and when it opened, will open or closes (the first day without sales).
select store_id, coalesce(name, store_id), coalesce(region, city), opened_on, closed_on from main.stores order by store_id;
