-- What else a deposit may bring that names no day, where the payouts of its merchant are as learned: sums alone tell its days apart.

-- Payouts of one merchant that bring as much as another one that is open still: a deposit may be that of the earlier one, come late.
create or replace temp table r_equal_payouts as
select e.record_id, o.record_id as other, o.expected_on as due
from r_expected e join r_expected o on o.channel = e.channel and o.merchant = e.merchant and o.amount = e.amount
where e.turn is not null and o.turn is not null and e.amount > 0 and o.record_id <> e.record_id;
create or replace temp view r_alike as
select record_id, due from r_equal_payouts where other not in (select record_id from r_arrived);

-- Late deposits that may be on time for a day of which the bills are not there or not whole: its sum is not known.
create or replace temp table r_maybe_on_time as
with late as (
    select p.record_id, p.bank_line_id, e.channel, e.merchant, e.expected_on, p.posted
    from r_bank_pairs p join r_expected e on e.record_id = p.record_id
    where p.exact and e.turn is not null and p.posted > e.expected_on
), paydays as (
    select l.*, d.day
    from late l
    join (select channel, merchant, bool_or(starts_with(rule, 'D')) as every_day from base.payout_habits group by all) h on h.channel = l.channel and h.merchant = l.merchant
    join a_days d on d.day > l.expected_on and d.day <= l.posted and (d.works or h.every_day)
)
select distinct record_id, bank_line_id
from paydays anti join (
    select channel, merchant, expected_on as day from r_expected where turn is not null and whole
) using (channel, merchant, day);
