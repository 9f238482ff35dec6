-- Law 1: one row per record type and leg, how many states there are, how many of them distinct, and how many there should be.
with states as (
    select record_type, leg, count(*) as states, count(distinct record_id) as records from base.row_states group by record_type, leg
), due as (
    select 'order' as record_type, 'till' as leg, count(*) as due from base.orders
    union all select 'tender', 'till', count(*) from base.tenders
    union all select 'payment', 'till', count(*) from base.payments
    union all select 'payment', 'payout', count(*) from base.payments where channel in (select channel from r_platforms)
    union all select 'payment', 'ledger', count(*) from r_payments p join r_ledgers k on k.channel = p.channel and k.merchant is not distinct from p.merchant
              where p.channel not in (select channel from r_platforms)
    union all select 'wallet_line', 'ledger', count(*) from base.wallet_lines
    union all select 'wallet_line', 'bank', count(*) from base.wallet_lines where kind = 'withdrawal'
    union all select 'settlement', 'payout', count(*) from base.settlements
    union all select 'settlement', 'bank', count(*) from base.settlements
    union all select 'bank_line', 'bank', count(*) from base.bank_lines
    union all select 'split_line', 'split', count(*) from base.split_lines
    union all select 'split_part', 'split', count(*) from base.split_parts
)
select coalesce(d.record_type, s.record_type) as record_type, coalesce(d.leg, s.leg) as leg, coalesce(s.states, 0) as states,
       coalesce(s.records, 0) as records, coalesce(d.due, 0) as due
from due d full join states s on s.record_type = d.record_type and s.leg = d.leg
where coalesce(s.states, 0) <> coalesce(d.due, 0) or coalesce(s.records, 0) <> coalesce(d.due, 0)
