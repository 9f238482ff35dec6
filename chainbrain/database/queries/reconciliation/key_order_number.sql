-- The till's order number, sent along as merchant order number or printed by the platform ({number}), same merchant or
-- store ({scope}). Only where the till's references do not lead to wallets at all: in a till whose references work, one
-- that finds nothing is news (D01), and an order number must not paper over it.
create or replace temp view r_left as
select tender_id, channel, order_no as id, {scope} as scope, hash(channel, order_no, {scope}) as key, refund, amount, day, store, moment, line
from {due} join r_habits using (store, channel)
where ('{scope}' = 'merchant') = (merchant is not null) and (reference is null or reference = order_no or found * 5 < referenced);
create or replace temp view r_right as
select payment_id, channel, {number} as id, {scope} as scope, hash(channel, {number}, {scope}) as key, refund, amount, day, store, occurred_at as moment
from {claims} where {number} is not null;
