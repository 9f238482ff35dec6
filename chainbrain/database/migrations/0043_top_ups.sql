-- Receipts and refunds that are proven to be stored value, a debt to the guest and no sale: the till's order is a top-up, or a movement of
-- stored value bears the number, the store and the amount of the payment, and no other one does. Both views of one receipt count.
create view base.top_up_payments as
with ordered as (
    select o.record_id as payment_id
    from base.matches m
    join base.match_members i on i.match_id = m.match_id and i.side = 'inner' and i.record_type = 'tender'
    join base.match_members o on o.match_id = m.match_id and o.side = 'outer' and o.record_type = 'payment'
    join base.tenders t on t.tender_id = i.record_id
    join base.orders d on d.order_id = t.order_id and d.channel = 'stored_value'
    where m.kind = 'tender_payment' and m.state = 'confirmed'
), numbered as (
    select p.payment_id, l.stored_value_line_id
    from base.placed_stored_value_lines l
    join base.payments p on l.reference in (p.external_id, p.merchant_order_no, p.refund_id, p.merchant_refund_no)
         and p.kind = if(l.kind = 'top_up', 'payment', 'refund') and abs(p.amount) = coalesce(l.principal, l.amount)
    join base.payment_links k on k.payment_id = p.payment_id and k.store_id = l.store_code
    where l.kind in ('top_up', 'refund') and not p.cancelled
), proven as (
    select payment_id from ordered
    union
    select payment_id from numbered
    qualify count(*) over (partition by payment_id) = 1 and count(*) over (partition by stored_value_line_id) = 1
)
select payment_id from proven
union
select if(i.record_id = p.payment_id, o.record_id, i.record_id)
from base.matches m
join base.match_members i on i.match_id = m.match_id and i.side = 'inner'
join base.match_members o on o.match_id = m.match_id and o.side = 'outer'
join proven p on p.payment_id in (i.record_id, o.record_id)
where m.kind = 'payment_bridge' and m.state = 'confirmed';
