-- One row per store, the one opened last first: its number, its name and the day it opened (nothing where that is not known).
select store_id, coalesce(name, store_id), opened_on from main.stores order by opened_on desc nulls last, store_id
