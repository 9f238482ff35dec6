-- The till's order number, sent along as merchant order number (or printed by the platform: $number), same merchant or
-- store. Only where the till's references do not lead to wallets at all: in a till whose references work, one that
-- finds nothing is news (D01), and an order number must not paper over it.
create or replace temp table r_left as
select tender_id, channel, order_no as id, case when $scope = 'merchant' then merchant else store end as scope, refund, amount, day, store, moment, line
from r_due join r_habits using (store, channel)
where ($scope = 'merchant') = (merchant is not null) and tender_id not in (select tender_id from r_pairs)
  and (reference is null or reference = order_no or found * 5 < referenced);
create or replace temp table r_right as
select payment_id, channel, case when $number = 'merchant' then merchant_order_no else external_id end as id,
       case when $scope = 'merchant' then merchant else store end as scope, refund, amount, day, store, occurred_at as moment
from r_claims
where (channel, case when $number = 'merchant' then merchant_order_no else external_id end) in (select channel, id from r_left)
  and payment_id not in (select payment_id from r_pairs);
