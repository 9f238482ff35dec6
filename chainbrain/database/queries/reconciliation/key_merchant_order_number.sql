-- The till's own order number as the wallet printed it: unique within one merchant number, or within the store for a
-- till that gives no merchant number ({scope}). A refund is named by the order that it gives back.
create or replace temp view r_left as
select tender_id, channel, reference as id, {scope} as scope, hash(channel, reference, {scope}) as key, refund, amount, day, store, moment, line
from {due}
where reference is not null and ('{scope}' = 'merchant') = (merchant is not null);
create or replace temp view r_right as
select payment_id, channel, id, {scope} as scope, hash(channel, id, {scope}) as key, refund, amount, day, store, occurred_at as moment
from (select c.*, coalesce(r.merchant_order_no, c.merchant_order_no) as id from {claims} c left join r_refunded r on r.payment_id = c.payment_id)
where id is not null;
