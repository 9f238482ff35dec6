-- The records of a match that holds at the bank, with what each says about itself.
select m.side, m.record_type, m.record_id, m.amount, cast(coalesce(b.posted_at, w.occurred_at, cast(s.expected_on as timestamp)) as date) as day,
       coalesce(w.channel, s.channel, 'bank') as channel, coalesce(w.merchant_no, s.merchant_no, s.payout_account, b.bank_account) as number
from base.matches x
join base.match_members m on m.match_id = x.match_id
left join base.bank_lines b on b.bank_line_id = if(m.record_type = 'bank_line', m.record_id, null)
left join base.settlements s on s.settlement_id = if(m.record_type = 'settlement', m.record_id, null)
left join main.wallet_lines w on w.wallet_line_id = if(m.record_type = 'wallet_line', m.record_id, null)
where x.match_id = try_cast($match as uuid) and x.kind = 'settlement_bank' and x.state = 'confirmed'
order by m.side, day, m.record_id
