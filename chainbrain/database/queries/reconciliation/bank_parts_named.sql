-- What may be one payout in several deposits: all that name its merchant and its day.
create or replace temp table r_parts as
select p.record_id, p.bank_line_id, p.amount, p.expected, p.posted - coalesce(p.expected_on, p.day) as days
from r_bank_pairs p join r_memo_days m on m.record_id = p.record_id
where p.by_merchant and case when m.says_sales_day then p.by_sales_day else p.by_day end
  and p.bank_line_id not in (select bank_line_id from r_arrived) and p.record_id not in (select record_id from r_arrived);
