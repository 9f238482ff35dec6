-- Merchants that are paid out only from some sum on: each of their deposits brought several payouts. What has come together
-- since the last one is carried until it is as much as the least of them. Where one brought more than the least before its
-- last payout no sum is what they wait for: the money is drawn by hand, nobody knows when, and what is open may be in
-- a deposit that was drawn within a day. Two deposits that end with a day may be drawn by hand as well: they tell of no least
-- sum where another deposit names the merchant and is none of its sums.
create or replace temp view r_brought_together as
with brought as (
    select e.channel, e.merchant, a.match_id, sum(e.amount) as amount, sum(e.amount) - max_by(e.amount, e.turn) as before_last, count(*) as payouts, max(e.turn) as last_turn
    from r_arrived a join r_expected e on e.record_id = a.record_id where e.turn is not null group by all
), odd as (
    select distinct e.channel, e.merchant
    from r_expected e
    join a_deposits d on d.bank_account = e.bank_account and list_contains(d.payers, e.channel) and d.bank_line_id not in (select bank_line_id from r_arrived)
    join a_deposit_numbers n on n.bank_line_id = d.bank_line_id and n.number = e.merchant
    where e.turn is not null and d.day >= e.expected_on
)
select channel, merchant,
       case when max(before_last) < min(amount) and (count(*) > 2 or not bool_or(is_odd)) then min(amount) end as least, max(last_turn) as last_turn, count(*) as times
from (select b.*, o.merchant is not null as is_odd from brought b left join odd o on o.channel = b.channel and o.merchant = b.merchant)
group by all having min(payouts) > 1 or max(before_last) >= min(amount) and count(*) filter (where payouts > 1) * 2 > count(*);
-- One deposit alone is no habit to prove anything by; it is one not to call the next days missing by.
create or replace temp view r_paid_together as select * exclude (times) from r_brought_together where times >= 2;

-- After a day with more given back than taken nothing is paid out until that is made up for. owed: what is left to pay then,
-- by how much the sum of the open payouts that follow each other rises above all before it.
create or replace temp view r_owed as
with open as (
    select *, turn - row_number() over (partition by channel, merchant order by turn) as stretch
    from r_expected where turn is not null and record_id not in (select record_id from r_arrived)
), sums as (
    select *, sum(amount) over (partition by channel, merchant, stretch order by turn) as running from open
)
select record_id, running - greatest(coalesce(max(running) over (partition by channel, merchant, stretch order by turn rows between unbounded preceding and 1 preceding), 0), 0) as owed
from sums;

-- Payouts that are open and whose own deposit is known to be another one than a deposit that names nothing, as views: each
-- round asks anew. An open deposit on a usual day names the merchant, and the day or nearly the amount: it is the payout's own,
-- changed on the way. What was given back before is not made up for, so that nothing is due.
create or replace temp view r_spoken_for as
with near as (
    select e.record_id, d.bank_line_id
    from r_expected e
    join r_memo_days m on m.record_id = e.record_id
    join a_deposits d on d.bank_account = e.bank_account and list_contains(d.payers, e.channel)
    join r_lags g on g.bank_account = e.bank_account and g.channel = e.channel and g.lag = d.day - coalesce(e.expected_on, e.day)
    join a_deposit_numbers n on n.bank_line_id = d.bank_line_id and n.number = e.merchant
    where e.turn is not null and e.amount > 0 and e.record_id not in (select record_id from r_arrived) and d.bank_line_id not in (select bank_line_id from r_arrived)
      and d.amount * 2 >= e.amount and d.amount * 2 <= e.amount * 3
      and case when d.bank_line_id in (select bank_line_id from a_deposit_dates)
               then (d.bank_line_id, if(m.says_sales_day, e.sold_on, coalesce(e.expected_on, e.day))) in (select bank_line_id, day from a_deposit_dates)
               else abs(d.amount - e.amount) * 20 <= e.amount end
)
select record_id from near qualify count(*) over (partition by bank_line_id) = 1
union
select record_id from r_owed where owed <= 0;

-- Payouts that are open and that another deposit explains, as a view: one that comes as late as usual and that nothing else
-- claims, or as many equal ones as there are claims. A deposit that could be either of two payouts explains neither: one of
-- them came otherwise. by_run: as the payouts of a merchant that follow each other.
create or replace temp view r_accounted as
with claims as (
    select bank_line_id, [record_id] as records, by_payer, bank_account, channel, posted - coalesce(expected_on, day) as lag, false as by_run
    from r_bank_pairs
    where exact and bank_line_id not in (select bank_line_id from r_arrived) and record_id not in (select record_id from r_arrived)
    union all
    select bank_line_id, records, by_payer, bank_account, channel, posted - expected_on, true from r_runs
), claimed as (
    select bank_line_id, list_sort(list(distinct records)) as claimants from claims group by bank_line_id
), enough as (
    select bank_line_id from claimed qualify count(*) over (partition by claimants) >= len(claimants)
)
select distinct unnest(c.records) as record_id, c.by_run
from claims c join r_lags g on g.bank_account = c.bank_account and g.channel = c.channel and g.lag = c.lag
where c.by_payer and c.bank_line_id in (from enough);
