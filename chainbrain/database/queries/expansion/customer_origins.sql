-- One row per store and point: how many of the store's customers come from there.
select store_code, latitude, longitude, datum, customers
from main.customer_origins order by store_code, latitude, longitude, datum
