-- Which day the memos of a channel write: that of the sales or that of the payout, as the deposits found by amount show.
create or replace temp table r_memo_days as
with said as (
    select p.channel, p.bank_account, count(*) filter (where p.by_sales_day and not p.by_day) > count(*) filter (where p.by_day and not p.by_sales_day) as says_sales_day
    from r_bank_pairs p where p.exact and p.by_merchant group by all
)
select e.record_id, e.turn, coalesce(s.says_sales_day, false) as says_sales_day
from r_expected e left join said s on s.channel = e.channel and s.bank_account = e.bank_account;
