-- A refund's line by the voucher (the merchant's refund number), or by the number of the sale when that sale has one
-- refund only; a charge by its voucher, the merchant's order number.
create or replace temp table r_aliases as
select channel, merchant, refund, id, min(payment_id) as payment_id
from (
    select channel, merchant, true as refund, merchant_refund_no as id, payment_id from r_booked where refund and merchant_refund_no is not null
    union all
    select channel, merchant, true, external_id, payment_id from r_booked where refund and external_id is not null
    union all
    select channel, merchant, refund, merchant_order_no, payment_id from r_booked where merchant_order_no is not null
)
where (channel, id) in (select channel, business_id from r_later union all select channel, reference from r_later)
group by channel, merchant, refund, id having count(distinct payment_id) = 1;
insert into r_attached
select l.wallet_line_id, coalesce(a.payment_id, b.payment_id), l.amount, l.charge
from r_later l
left join r_aliases a on a.channel = l.channel and a.refund = l.refund and a.id = l.business_id and a.merchant = coalesce(l.merchant, a.merchant)
left join r_aliases b on b.channel = l.channel and b.refund = l.refund and b.id = l.reference and b.merchant = l.merchant
where coalesce(a.payment_id, b.payment_id) is not null
qualify row_number() over (partition by l.wallet_line_id order by a.payment_id, b.payment_id) = 1;
delete from r_later where wallet_line_id in (select wallet_line_id from r_attached);
