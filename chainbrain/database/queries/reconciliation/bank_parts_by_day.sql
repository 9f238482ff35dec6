-- A bill that tells of several days of sales and on which day it pays may pay each of them by itself. What each day brings, and the
-- deposits of that payday that are just as much, each the other's only one; named or not, none names another merchant.
create or replace temp table r_days_of_bills as
select e.record_id, e.bank_account, e.channel, e.merchant, e.amount as expected, e.expected_on as due, a.bill_day, sum(a.amount) as amount
from r_expected e join a_rows a on a.settlement_id = e.record_id
where e.turn is null and e.record_type = 'settlement' and e.merchant is not null and e.amount > 0 and e.expected_on is not null and e.record_id not in (select record_id from r_arrived)
group by all;
create or replace temp table r_parts as
with several as (
    select * from r_days_of_bills qualify count(*) over (partition by record_id) > 1 and min(amount) over (partition by record_id) > 0
), fitting as (
    select s.record_id, d.bank_line_id, d.amount, s.expected, 0 as days,
           count(*) over (partition by d.bank_line_id) as of_line, count(*) over (partition by s.record_id, s.bill_day) as of_day
    from several s
    join r_unexplained d on d.bank_account = s.bank_account and d.channel = s.channel and d.day = s.due and d.amount = s.amount
    where (d.names is null or d.names = [s.merchant]) and d.bank_line_id not in (select bank_line_id from r_arrived)
)
select record_id, bank_line_id, amount, expected, days from fitting where of_line = 1 and of_day = 1;

-- Or it pays in some other parts: the deposits of its payday are together just as much. One sum only is laid beside it, where it is
-- the only bill of its payer that is open then and the amounts are not so alike that any two might be.
create or replace temp table r_parts_of_bill as
with due as (
    select *, coalesce(expected_on, day) as due from r_expected where amount > 0 and record_id not in (select record_id from r_arrived)
    qualify count(*) over (partition by bank_account, channel, coalesce(expected_on, day)) = 1
), lone as (
    select record_id, bank_account, channel, merchant, amount as expected, due from due
    where record_type = 'settlement' and turn is null and merchant is not null and expected_on is not null
), deposited as (
    select l.record_id, l.expected, list(d.bank_line_id) as lines, list(d.amount) as amounts
    from lone l
    join r_unexplained d on d.bank_account = l.bank_account and d.channel = l.channel and d.day = l.due
    join r_spread s on s.bank_account = l.bank_account and s.channel = l.channel
    where (d.names is null or d.names = [l.merchant]) and d.bank_line_id not in (select bank_line_id from r_arrived) and s.spread > 1000
    group by l.record_id, l.expected having count(*) > 1 and sum(d.amount) = l.expected
)
select record_id, unnest(lines) as bank_line_id, unnest(amounts) as amount, expected, 0 as days from deposited;
delete from r_parts where record_id in (select record_id from r_parts_of_bill);
insert into r_parts from r_parts_of_bill;
