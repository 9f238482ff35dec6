-- The merchant numbers of every store of the ledger and whose they are: as the account tells, else as all accounts of the number agree.
with numbers as (
    select channel, merchant, min(side) as side from base.collectors where side is not null group by all having min(side) = max(side)
)
select c.store_id, c.channel, c.merchant_no, c.legal_entity, coalesce(c.side, n.side) as side, c.valid_from, c.valid_to
from base.collectors c left join numbers n on n.channel = c.channel and n.merchant = c.merchant
where c.store_id is not null
order by c.store_id, c.channel, c.merchant_no, c.valid_from nulls first
