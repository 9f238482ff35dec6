-- One row per store that may be opened and is not yet: where it lies as it was written, its area, rent and expected monthly sales.
select name, city, area_m2, monthly_rent, monthly_sales, latitude, longitude, datum
from main.candidates where name not in (select name from main.stores where name is not null) order by name
