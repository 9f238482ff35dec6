-- The till's own refund number: unique within one merchant number ($scope = merchant); a till that gives no
-- merchant number is held to its store ($scope = store).
create or replace temp table r_left as
select tender_id, channel, reference as id, case when $scope = 'merchant' then merchant else store end as scope, refund, amount, day, store, moment, line
from r_due
where refund and reference is not null and ($scope = 'merchant') = (merchant is not null) and tender_id not in (select tender_id from r_pairs);
create or replace temp table r_right as
select payment_id, channel, merchant_refund_no as id, case when $scope = 'merchant' then merchant else store end as scope, refund, amount, day, store,
       occurred_at as moment
from r_claims
where refund and merchant_refund_no is not null and (channel, merchant_refund_no) in (select channel, id from r_left)
  and payment_id not in (select payment_id from r_pairs);
