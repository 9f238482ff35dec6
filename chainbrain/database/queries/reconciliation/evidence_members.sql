-- One row per member of a match: what it is, when, its amount and what the statement says about it.
select m.side, m.record_type, m.record_id, m.amount,
       coalesce(p.occurred_at, t.paid_at, w.occurred_at, b.posted_at, cast(s.expected_on as timestamp), x.occurred_at, cast(d.business_day as timestamp)) as moment,
       coalesce(p.channel, t.method, w.channel, s.channel, x.channel, q.channel, 'bank') as channel,
       coalesce(p.merchant_no, t.merchant_no, w.merchant_no, s.merchant_no, s.payout_account, b.bank_account, x.receiver, d.receiver) as number,
       p.amount as payment_amount, p.fee as payment_fee, w.kind as line_kind, s.gross, s.fee, s.net
from base.match_members m
left join base.payments p on m.record_type = 'payment' and p.payment_id = m.record_id
left join base.tenders t on m.record_type = 'tender' and t.tender_id = m.record_id
left join main.wallet_lines w on m.record_type = 'wallet_line' and w.wallet_line_id = m.record_id
left join base.bank_lines b on m.record_type = 'bank_line' and b.bank_line_id = m.record_id
left join base.settlements s on m.record_type = 'settlement' and s.settlement_id = m.record_id
left join base.split_parts d on m.record_type = 'split_part' and d.split_part_id = m.record_id
left join base.payments q on q.payment_id = d.payment_id
left join base.split_lines x on m.record_type = 'split_line' and x.split_line_id = m.record_id
where cast(m.match_id as varchar) = $match
order by m.side, moment, m.record_id
