-- One row per store that sold or should have been open in the period.
select s.store_id, coalesce(s.name, s.store_id), s.city
from main.stores s semi join base.store_days($first, $after) d on d.store_id = s.store_id
order by s.store_id
