-- Rewrites what follows from orders, tenders and the daily sales for the days of [$first, $after), only those of $days where it is not null.
delete from base.store_day_sales where business_day >= $first and business_day < $after and ($days is null or list_contains($days::date[], business_day));
insert into base.store_day_sales
from base.store_day_sales_of_rows where business_day >= $first and business_day < $after and ($days is null or list_contains($days::date[], business_day));
delete from base.daily_methods where business_day >= $first and business_day < $after and ($days is null or list_contains($days::date[], business_day));
insert into base.daily_methods
from base.daily_methods_of_rows where business_day >= $first and business_day < $after and ($days is null or list_contains($days::date[], business_day));
