-- What is left: payouts and deposits that no exact answer is known for. First what two of one side come to together (never more
-- than a suggestion): a deposit that brings another merchant's payout along, a payout that comes as two deposits.
create or replace temp table r_open_payouts as
select *, coalesce(expected_on, day) as due from r_expected e
where turn is not null and amount > 0 and record_id not in (select record_id from r_arrived)
  and record_id not in (select record_id from r_bank_pairs p where p.exact and p.bank_line_id not in (select bank_line_id from r_arrived));
create or replace temp table r_loose_deposits as
select d.*, d.bank_line_id in (
           select n.bank_line_id from a_deposit_numbers n join r_merchant_numbers m on m.number = n.number and list_contains(d.payers, m.channel)
       ) as names_one
from a_deposits d
where bank_line_id not in (select bank_line_id from r_arrived) and bank_line_id not in (select bank_line_id from r_runs)
  and bank_line_id not in (select bank_line_id from r_bank_pairs p where p.exact and p.record_id not in (select record_id from r_arrived));

create or replace temp table r_combined as
with two_payouts as (
    select l.bank_line_id, a.record_id as first_id, b.record_id as second_id, l.day - greatest(a.due, b.due) as days,
           exists (select 1 from a_deposit_numbers n where n.bank_line_id = l.bank_line_id and n.number in (a.merchant, b.merchant)) as by_merchant
    from r_open_payouts a
    join r_open_payouts b on b.bank_account = a.bank_account and b.record_id > a.record_id and b.due between a.due - 1 and a.due + 1
    join r_loose_deposits l on l.bank_account = a.bank_account and l.amount = a.amount + b.amount and l.day between greatest(a.due, b.due) and greatest(a.due, b.due) + 4
    where list_contains(l.payers, a.channel) or list_contains(l.payers, b.channel)
), two_deposits as (
    select k.bank_line_id as first_id, l.bank_line_id as second_id, e.record_id, greatest(k.day, l.day) - e.due as days,
           exists (select 1 from a_deposit_numbers n where n.bank_line_id in (k.bank_line_id, l.bank_line_id) and n.number = e.merchant) as by_merchant
    from r_loose_deposits k
    join r_loose_deposits l on l.bank_account = k.bank_account and l.bank_line_id > k.bank_line_id and l.day between k.day - 3 and k.day + 3
    join r_open_payouts e on e.bank_account = k.bank_account and e.amount = k.amount + l.amount and least(k.day, l.day) between e.due and e.due + 4
    where list_contains(k.payers, e.channel) and list_contains(l.payers, e.channel)
)
select md5(concat_ws(chr(31), 'settlement_bank', first_id, second_id, bank_line_id))::uuid as match_id, 'two_payouts' as stage, [bank_line_id] as lines,
       [first_id, second_id] as records, by_merchant, days from two_payouts
union all
select md5(concat_ws(chr(31), 'settlement_bank', record_id, first_id, second_id))::uuid, 'two_deposits', [first_id, second_id], [record_id], by_merchant, days
from two_deposits;
delete from r_combined where match_id in (select match_id from r_rejected);
