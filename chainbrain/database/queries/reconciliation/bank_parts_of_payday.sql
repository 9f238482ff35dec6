-- A bill that says on which day it pays may still pay each day of sales by itself: all deposits of that day that name the merchant.
create or replace temp table r_parts as
select p.record_id, p.bank_line_id, p.amount, p.expected, p.posted - p.expected_on as days
from r_bank_pairs p
where p.by_merchant and p.by_payer and p.record_type = 'settlement' and p.posted = p.expected_on and p.day = p.expected_on and p.amount < p.expected
  and p.record_id not in (select settlement_id from a_run_settlements)
  and p.bank_line_id not in (select bank_line_id from r_arrived) and p.record_id not in (select record_id from r_arrived);
