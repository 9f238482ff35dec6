-- One row per means of payment: what the tills took with it in the period, refunds apart.
select method, cast(sum(amount) as decimal(18,2)), cast(sum(tenders) as bigint), cast(sum(refunds) as decimal(18,2)), null, null
from base.daily_methods
where business_day >= $first and business_day < $after and ($stores is null or store_id in (select unnest($stores::varchar[])))
group by method
order by 2 desc, 1
