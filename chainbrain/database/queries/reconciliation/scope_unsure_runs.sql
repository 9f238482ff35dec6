-- As scope_unsure.sql, for payments of learned payouts: they go with the payout once its money is there to the cent.
select 'payouts' as reason
from a_run_paid a
join a_run_settlements s on s.settlement_id = a.settlement_id
left join (select distinct record_id, match_id from r_arrived) x on x.record_id = a.settlement_id
left join r_bank_matches m on m.match_id = x.match_id
left join base.row_states t on t.record_id = a.payment_id and t.record_type = 'payment' and t.leg = 'payout'
where not in_scope(a.payment_id) and not a.cancelled
  and (coalesce(m.amount = m.expected, false) and md5(concat_ws(chr(31), 'payment_settlement', a.payment_id, a.settlement_id))::uuid not in (select match_id from r_rejected))
      <> coalesce(t.match_id = md5(concat_ws(chr(31), 'payment_settlement', a.payment_id, a.settlement_id))::uuid, false)
limit 1
