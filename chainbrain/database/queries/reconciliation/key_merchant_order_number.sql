-- The till's own order number as the wallet printed it: unique within one merchant number, or within the store for a
-- till that gives no merchant number ({scope}).
create or replace temp view r_left as
select tender_id, channel, reference as id, {scope} as scope, hash(channel, reference, {scope}) as key, refund, amount, day, store, moment, line
from {due}
where reference is not null and ('{scope}' = 'merchant') = (merchant is not null);
create or replace temp view r_right as
select payment_id, channel, merchant_order_no as id, {scope} as scope, hash(channel, merchant_order_no, {scope}) as key, refund, amount, day, store, occurred_at as moment
from {claims}
where merchant_order_no is not null;
