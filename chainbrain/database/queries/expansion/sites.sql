-- One row per store of the book and per candidate: its number (of a candidate its name), what it is called, where, since and until
-- when it is open, and its coordinates as they were written. A candidate that is open by now is a store.
select 'own' as kind, store_id as key, coalesce(name, store_id) as name, city, opened_on, closed_on, latitude, longitude, datum
from main.stores
union all
select 'candidate', name, name, city, null, null, latitude, longitude, datum
from main.candidates
where name not in (select name from main.stores where name is not null)
order by kind desc, key;
