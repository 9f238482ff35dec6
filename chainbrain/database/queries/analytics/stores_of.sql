-- One row per store that sold or should have been open in the period.
select s.store_id, coalesce(s.name, s.store_id) as name, s.city
from base.known_stores s semi join {lines} d on d.line = s.store_id
order by s.store_id
