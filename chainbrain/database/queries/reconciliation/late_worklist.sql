-- One row per withdrawal or payout that should have arrived and has not.
select d.difference_id, d.record_type, d.record_id, d.channel, coalesce(w.merchant_no, s.merchant_no, s.payout_account) as merchant_no,
       d.business_day as day, d.due_on, d.amount::decimal(18,2) as amount, d.state, d.store_id
from base.differences d
left join main.wallet_lines w on w.wallet_line_id = d.record_id
left join base.settlements s on s.settlement_id = d.record_id
where d.code = 'D08' and d.cause = 'not_arrived'
  and ($first is null or coalesce(d.business_day, d.due_on) >= $first) and ($after is null or coalesce(d.business_day, d.due_on) < $after)
order by d.due_on, d.amount, d.difference_id
