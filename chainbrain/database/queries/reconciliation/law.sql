-- Law 1: the record types and legs at which the rows with a state are not exactly the rows that should have one. Sums
-- of hashes are compared, so a row counted twice cannot stand in for another that is missing.
with states as (
    select record_type, leg, count(*) as rows_there, sum(hash(record_id)) as which from base.row_states where in_scope(record_id) and leg <> 'bank' group by record_type, leg
    union all
    select record_type, leg, count(*), sum(hash(record_id)) from base.row_states where leg = 'bank' group by record_type, leg
), due as (
    select 'order' as record_type, 'till' as leg, count(*) as rows_due, sum(hash(order_id)) as which from base.orders where in_scope(order_id)
    union all select 'tender', 'till', count(*), sum(hash(tender_id)) from base.tenders where in_scope(tender_id)
    union all select 'payment', 'till', count(*), sum(hash(payment_id)) from base.payments where in_scope(payment_id)
    union all select 'payment', 'payout', count(*), sum(hash(payment_id))
    from r_payments where channel in (select channel from r_platforms) or (channel, merchant) in (select channel, merchant from base.payout_habits)
    union all
    select 'payment', 'ledger', count(*), sum(hash(p.payment_id))
    from r_payments p join r_ledgers k on k.channel = p.channel and k.merchant is not distinct from p.merchant
    where p.channel not in (select channel from r_platforms)
    union all select 'wallet_line', 'ledger', count(*), sum(hash(wallet_line_id)) from base.wallet_lines where in_scope(wallet_line_id)
    union all select 'wallet_line', 'bank', count(*), sum(hash(wallet_line_id)) from base.wallet_lines where kind = 'withdrawal'
    union all select 'settlement', 'payout', count(*), sum(hash(settlement_id)) from base.settlements where in_scope(settlement_id)
    union all select 'settlement', 'bank', count(*), sum(hash(settlement_id)) from base.settlements
    union all select 'bank_line', 'bank', count(*), sum(hash(bank_line_id)) from base.bank_lines
    union all select 'split_line', 'split', count(*), sum(hash(split_line_id)) from base.split_lines where in_scope(split_line_id)
    union all select 'split_part', 'split', count(*), sum(hash(split_part_id)) from base.split_parts where in_scope(split_part_id)
)
select coalesce(d.record_type, s.record_type) as record_type, coalesce(d.leg, s.leg) as leg, coalesce(s.rows_there, 0) as rows_there,
       coalesce(d.rows_due, 0) as rows_due
from due d full join states s on s.record_type = d.record_type and s.leg = d.leg
where coalesce(s.rows_there, 0) <> coalesce(d.rows_due, 0) or coalesce(s.which, 0) <> coalesce(d.which, 0)
