-- The store's own sum of the lines that people wrote, per month: what it came to owe and what it got.
select store_id, cast(date_trunc('month', day) as date) as month,
       cast(coalesce(sum(amount) filter (where kind in ('purchase', 'advance', 'penalty')), 0) as decimal(18,2)) as owed,
       cast(coalesce(sum(amount) filter (where kind = 'paid'), 0) as decimal(18,2)) as got,
       cast(coalesce(sum(amount) filter (where kind = 'received'), 0) as decimal(18,2)) as gave,
       cast(coalesce(sum(amount) filter (where kind = 'other'), 0) as decimal(18,2)) as other
from main.ledger_entries where store_id in (select unnest($stores)) and ($first is null or day >= $first)
group by all order by all
