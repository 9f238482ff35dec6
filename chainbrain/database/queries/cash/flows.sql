-- One row per merchant number and day from $first on and before $after: what its sales came to before and after splits and other moves
-- of the wallet, and what of it reached the bank. told: the book has its ledger or its payouts, so that it knows what is on its way;
-- an opening balance that somebody entered, or what came short, tells nothing of later sales.
with told as (
    select distinct channel, merchant from cash_movements where part = 'open' and standing not in ('opening', 'short')
)
select f.channel, f.merchant, f.day,
       cast(coalesce(sum(f.amount) filter (where part = 'gross'), 0) - coalesce(sum(f.amount) filter (where part in ('refunds', 'fees')), 0) as decimal(18,5)) as sold,
       cast(coalesce(sum(f.amount) filter (where part = 'other'), 0) as decimal(18,5)) as other,
       cast(coalesce(sum(f.amount) filter (where part = 'received'), 0) as decimal(18,5)) as received,
       t.merchant is not null as told
from cash_movements f left join told t on t.channel = f.channel and t.merchant = f.merchant
where f.day >= $first and f.day < $after and f.part in ('gross', 'refunds', 'fees', 'other', 'received')
group by all order by all
