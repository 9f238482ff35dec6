-- Duplicates: a tender that repeats a paired one of its day by number and amount (a refund: to the second); a payment
-- under the merchant order number of a paired one within six hours, or of the same guest, store and amount within five
-- minutes.
create or replace temp view r_paired as
select tender_id, payment_id from r_done union all select tender_id, payment_id from r_pairs;
-- The few rows that are alike are found first, then it is asked whether they are paired.
create or replace temp table r_alike_tenders as
select t.tender_id, m.tender_id as other
from r_open_tenders t
join (from r_due where reference in (select reference from r_open_tenders)) m on m.channel = t.channel and m.reference = t.reference and m.amount = t.amount and m.refund = t.refund
 and case when t.refund then m.moment = t.moment else m.day = t.day end;
create or replace temp table r_repeated as
select tender_id from r_alike_tenders where other in (select tender_id from r_paired);
create or replace temp table r_alike_charges as
select c.payment_id, m.payment_id as other, c.merchant_order_no = m.merchant_order_no as by_number
from r_open_claims c
join r_claims m on m.channel = c.channel and m.merchant = c.merchant and m.merchant_order_no = c.merchant_order_no
 and abs(epoch(m.occurred_at) - epoch(c.occurred_at)) <= 21600
where not c.refund and not m.refund
union all
select c.payment_id, m.payment_id, false
from r_open_claims c
join r_claims m on m.channel = c.channel and m.payer_hash = c.payer_hash and m.store = c.store and m.amount = c.amount
 and abs(epoch(m.occurred_at) - epoch(c.occurred_at)) <= 300
where not c.refund and not m.refund;
create or replace temp table r_charged_again as
select payment_id, by_number from r_alike_charges where other in (select payment_id from r_paired);
