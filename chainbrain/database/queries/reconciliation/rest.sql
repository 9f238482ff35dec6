-- Writes down what no stage has paired yet, so that later stages look at that only.
create or replace temp table r_rest_due as
select tender_id, channel, reference, order_no, merchant, store, refund, amount, day, moment, timed, line
from {due} anti join r_lately using (tender_id);
create or replace temp table r_rest_claims as
select payment_id, channel, external_id, merchant_order_no, refund_id, merchant_refund_no, merchant, store, refund, amount, day, occurred_at
from {claims} anti join r_lately using (payment_id);
delete from r_lately;
