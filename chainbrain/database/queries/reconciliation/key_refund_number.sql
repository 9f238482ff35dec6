-- Refunds by the channel's own refund number.
create or replace temp table r_left as
select tender_id, channel, reference as id, '' as scope, refund, amount, day, store, moment, line
from r_due where refund and reference is not null and tender_id not in (select tender_id from r_pairs);
create or replace temp table r_right as
select payment_id, channel, refund_id as id, '' as scope, refund, amount, day, store, occurred_at as moment
from r_claims where refund and refund_id is not null and payment_id not in (select payment_id from r_pairs);
