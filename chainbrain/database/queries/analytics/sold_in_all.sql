-- One row: the orders of the period, each once, and what they came to, by the daily facts.
select coalesce(sum(orders), 0), cast(coalesce(sum(amount), 0) as decimal(18,2))
from base.store_day_sales
where business_day >= $first and business_day < $after and ($stores is null or store_id in (select unnest($stores::varchar[])))
