-- Which day the memos of a channel write: that of the sales or that of the payout, as the deposits found by amount show.
create or replace temp table r_memo_days as
with said as (
    select p.channel, p.bank_account, count(*) filter (where p.by_sales_day and not p.by_day) > count(*) filter (where p.by_day and not p.by_sales_day) as says_sales_day
    from r_bank_pairs p where p.exact and p.by_merchant group by all
)
select e.record_id, e.turn, coalesce(s.says_sales_day, false) as says_sales_day
from r_expected e left join said s on s.channel = e.channel and s.bank_account = e.bank_account;
-- Where memos write the day of the sales, one that names only other days than those of a learned payout speaks against it.
create or replace temp table r_other_days as
select e.record_id, d.bank_line_id
from r_memo_days e
join a_run_settlements r on r.settlement_id = e.record_id
join r_expected x on x.record_id = e.record_id
join a_deposits d on d.bank_account = x.bank_account and d.day between x.expected_on - 1 and x.expected_on + 14
join a_deposit_dates w on w.bank_line_id = d.bank_line_id
where e.says_sales_day
group by e.record_id, d.bank_line_id
having not bool_or(w.day between r.first_day and r.last_day);
