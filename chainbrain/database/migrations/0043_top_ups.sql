-- Orders of the till that are proven to be top-ups: a movement of stored value bears the number of the order. The word of the till alone
-- proves nothing, because a meal that a member orders may bear the same one. Tills count anew every day, so the day counts too.
create view base.top_up_orders as
select d.order_id, l.stored_value_line_id
from base.placed_stored_value_lines l
join base.placed_orders d on d.store_code = l.store_code and d.order_no = l.reference and d.channel = 'stored_value'
     and cast(l.occurred_at as date) between d.business_day and d.business_day + 1
where l.kind = 'top_up' or l.kind = 'refund' and d.amount < 0
qualify count(*) over (partition by l.stored_value_line_id) = 1;

-- Receipts and refunds that are proven to be stored value, a debt to the guest and no sale: the till's order is a top-up, or a movement of
-- stored value bears the number, the store and the amount of the payment, and no other one does. Both views of one receipt count;
-- "proof" is the order, or the movement.
create view base.top_up_receipts as
with bridges as (
    select i.record_id as inner_id, o.record_id as outer_id
    from base.matches m
    join base.match_members i on i.match_id = m.match_id and i.side = 'inner'
    join base.match_members o on o.match_id = m.match_id and o.side = 'outer'
    where m.kind = 'payment_bridge' and m.state = 'confirmed'
), views as (
    select inner_id as payment_id, outer_id as other from bridges union all select outer_id, inner_id from bridges
), ordered as (
    select o.record_id as payment_id, d.order_id as proof
    from base.matches m
    join base.match_members i on i.match_id = m.match_id and i.side = 'inner' and i.record_type = 'tender'
    join base.match_members o on o.match_id = m.match_id and o.side = 'outer' and o.record_type = 'payment'
    join base.tenders t on t.tender_id = i.record_id
    join (select distinct order_id from base.top_up_orders) d on d.order_id = t.order_id
    where m.kind = 'tender_payment' and m.state = 'confirmed'
), named as (
    -- two views of one receipt are one, whichever of them bears the number
    select distinct coalesce(v.other, p.payment_id) as payment_id, l.stored_value_line_id
    from base.placed_stored_value_lines l
    join base.payments p on l.reference in (p.external_id, p.merchant_order_no, p.refund_id, p.merchant_refund_no)
         and p.kind = if(l.kind = 'top_up', 'payment', 'refund') and abs(p.amount) = coalesce(l.principal, l.amount)
    join base.payment_links k on k.payment_id = p.payment_id and k.store_id = l.store_code
    left join (select v.* from views v join base.bridged_payments b on b.payment_id = v.payment_id) v on v.payment_id = p.payment_id
    where l.kind in ('top_up', 'refund') and not p.cancelled
), numbered as (
    select n.payment_id, coalesce(d.order_id, n.stored_value_line_id) as proof
    from (
        from named qualify count(*) over (partition by payment_id) = 1 and count(*) over (partition by stored_value_line_id) = 1
    ) n
    left join base.top_up_orders d on d.stored_value_line_id = n.stored_value_line_id
), proven as (
    from ordered union from numbered
)
select payment_id, min(proof) as proof
from (from proven union select v.other, p.proof from proven p join views v on v.payment_id = p.payment_id)
group by payment_id;

create view base.top_up_payments as select payment_id from base.top_up_receipts;
