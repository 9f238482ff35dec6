-- What a payout is made of: its payments by kind.
select case when p.kind in ('refund', 'chargeback') then 'refund' else p.kind end as part, count(*) as lines, sum(p.amount) as amount, sum(p.fee) as fee
from base.payments p join base.payment_links l on l.payment_id = p.payment_id
where cast(l.settlement_id as varchar) = $settlement and not p.cancelled
group by part
