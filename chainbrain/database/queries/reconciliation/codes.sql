-- One row per difference code: how many, how many of them open, the open amount (signed effect on the business).
select code, count(*) as found, count(*) filter (where state = 'open') as open_count,
       coalesce(sum(amount) filter (where state = 'open'), 0)::decimal(18,2) as open_amount
from base.differences group by code order by code
