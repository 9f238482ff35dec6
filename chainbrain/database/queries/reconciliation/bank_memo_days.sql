-- Which day the memos of a channel write: that of the sales or that of the payout, as the deposits found by amount show.
create or replace temp table r_memo_days as
with said as (
    select p.channel, p.bank_account, count(*) filter (where p.by_sales_day and not p.by_day) > count(*) filter (where p.by_day and not p.by_sales_day) as says_sales_day
    from r_bank_pairs p where p.exact and p.by_merchant group by all
)
select e.record_id, e.turn, coalesce(s.says_sales_day, false) as says_sales_day
from r_expected e left join said s on s.channel = e.channel and s.bank_account = e.bank_account;
-- Where memos write the day of the sales, one that names only other days than those of a learned payout speaks against it.
create or replace temp table r_spoken_against as
select e.record_id, d.bank_line_id
from r_memo_days e
join a_run_settlements r on r.settlement_id = e.record_id
join r_expected x on x.record_id = e.record_id
join a_deposits d on d.bank_account = x.bank_account and d.day between x.expected_on - 1 and x.expected_on + 14
join a_deposit_dates w on w.bank_line_id = d.bank_line_id
where e.says_sales_day
group by e.record_id, d.bank_line_id
having not bool_or(w.day between r.first_day and r.last_day);
-- So does one that misspells the number of other merchants.
insert into r_spoken_against
select e.record_id, s.bank_line_id
from r_misspelt s
join a_deposits d on d.bank_line_id = s.bank_line_id
join r_expected e on e.channel = s.channel and e.bank_account = d.bank_account and d.day between coalesce(e.expected_on, e.day) - 1 and coalesce(e.expected_on, e.day) + 14
group by e.record_id, s.bank_line_id having not coalesce(bool_or(s.merchant = e.merchant), false);
-- Payouts that are there by their own deposits alone: all their payments lie between the learned end of the day and others
-- with which at most two deposits less agree. So many agree by chance when one payment is paid out a day late and an equal one
-- was made between the two: no deposit proves the payout that it called into being. Where a person said when the day ends, it does.
create or replace temp table r_doubtful as
with ends as (
    select h.channel, h.merchant, any_value(h.cutoff) as cutoff, least(any_value(h.cutoff), min(o.cutoff)) as low, greatest(any_value(h.cutoff), max(o.cutoff)) as high
    from base.payout_habits h
    join a_run_readings o on o.channel = h.channel and o.merchant = h.merchant and o.rule = h.rule and o.fees = h.fees and o.merged = h.merged
    where o.votes + 2 >= h.votes and (h.channel, h.merchant) not in (select channel, merchant from a_run_words where cutoff is not null)
    group by h.channel, h.merchant
), days as (
    select e.channel, e.merchant,
           p.day + case when e.cutoff < 0 and p.minute >= 1440 + e.cutoff then 1 when e.cutoff > 0 and p.minute < e.cutoff then -1 else 0 end as day,
           bool_and((p.minute + 720) % 1440 - 720 between e.low and e.high - 1) as between_ends
    from ends e join a_run_payments p on p.channel = e.channel and p.merchant = e.merchant
    where not p.cancelled group by all
)
select s.settlement_id as record_id
from a_run_settlements s join days d on d.channel = s.channel and d.merchant = s.merchant and d.day between s.first_day and s.last_day
group by s.settlement_id having bool_and(d.between_ends);
