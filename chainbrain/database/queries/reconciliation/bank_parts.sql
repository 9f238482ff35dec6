-- One payout in several deposits: all that name its merchant and its day, when together they are the amount to the cent.
insert into r_arrived
with parts as (
    select p.record_id, p.bank_line_id, p.amount, p.expected, p.posted - coalesce(p.expected_on, p.day) as days
    from r_bank_pairs p join r_memo_days m on m.record_id = p.record_id
    where p.by_merchant and case when m.says_sales_day then p.by_sales_day else p.by_day end
      and p.bank_line_id not in (select bank_line_id from r_arrived) and p.record_id not in (select record_id from r_arrived)
), complete as (
    select record_id, list(bank_line_id order by bank_line_id) as lines, max(days) as days,
           md5(concat_ws(chr(31), 'settlement_bank', record_id, string_agg(bank_line_id, chr(31) order by bank_line_id)))::uuid as match_id
    from parts group by record_id, expected having count(*) > 1 and sum(amount) = expected
)
select match_id, unnest(lines), record_id, 'parts_of_payout', null, null, null, days from complete
where match_id not in (select match_id from r_rejected) and not exists (
    select 1 from complete o where o.record_id <> complete.record_id and list_has_any(o.lines, complete.lines)
)
;
-- A bill that says on which day it pays may still pay each day of sales by itself: all deposits of that day that name the merchant.
insert into r_arrived
with parts as (
    select p.record_id, p.bank_line_id, p.amount, p.expected
    from r_bank_pairs p
    where p.by_merchant and p.by_payer and p.record_type = 'settlement' and p.posted = p.expected_on and p.day = p.expected_on and p.amount < p.expected
      and p.record_id not in (select settlement_id from a_run_settlements)
      and p.bank_line_id not in (select bank_line_id from r_arrived) and p.record_id not in (select record_id from r_arrived)
), complete as (
    select record_id, list(bank_line_id order by bank_line_id) as lines,
           md5(concat_ws(chr(31), 'settlement_bank', record_id, string_agg(bank_line_id, chr(31) order by bank_line_id)))::uuid as match_id
    from parts group by record_id, expected having count(*) > 1 and sum(amount) = expected
)
select match_id, unnest(lines), record_id, 'parts_of_payout', null, null, null, 0 from complete
where match_id not in (select match_id from r_rejected) and not exists (
    select 1 from complete o where o.record_id <> complete.record_id and list_has_any(o.lines, complete.lines)
)
