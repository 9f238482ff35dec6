-- One row per store of the book: what it is called, where it lies as it was written, since and until when it is open, and what
-- tells it from others (city, region, ownership, area in m2, monthly rent in yuan).
select store_id, coalesce(name, store_id), city, region, ownership, opened_on, closed_on, area_m2, monthly_rent,
       latitude, longitude, datum
from main.stores order by store_id
