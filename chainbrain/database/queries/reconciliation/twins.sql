-- The rows that a duplicate (D05) repeats, which are matched at the till: the rule is that of tender_repeated.sql.
with it as (
    select t.tender_id as record_id, t.method as channel, t.reference as number, t.amount, t.is_refund as refund, t.paid_at as moment, o.business_day as day
    from base.tenders t left join base.orders o on o.order_id = t.order_id where t.tender_id = try_cast($record as uuid)
), charged as (
    select payment_id as record_id, channel, base.merchant_key(merchant_no) as merchant, merchant_order_no, payer_hash, store_id, amount, occurred_at
    from main.payments where payment_id = try_cast($record as uuid)
), alike as (
    select 'tender' as record_type, t.tender_id as record_id
    from it
    join base.tenders t on t.method = it.channel and t.reference = it.number and t.amount = it.amount and t.is_refund = it.refund and t.tender_id <> it.record_id
    left join base.orders o on o.order_id = t.order_id
    where case when it.refund then t.paid_at = it.moment else o.business_day = it.day end
    union
    select 'payment', p.payment_id
    from charged c
    join main.payments p on p.channel = c.channel and p.payment_id <> c.record_id and p.kind not in ('refund', 'chargeback')
     and (p.merchant_order_no = c.merchant_order_no and base.merchant_key(p.merchant_no) is not distinct from c.merchant
              and abs(epoch(p.occurred_at) - epoch(c.occurred_at)) <= 21600
          or p.payer_hash = c.payer_hash and p.store_id = c.store_id and p.amount = c.amount and abs(epoch(p.occurred_at) - epoch(c.occurred_at)) <= 300)
)
select a.record_id, s.match_id
from alike a join base.row_states s on s.record_type = a.record_type and s.record_id = a.record_id and s.leg = 'till' and s.match_id is not null
order by a.record_id
