-- One row per thing that was on its way to the bank when the month ended: balances of wallets, withdrawals and payouts that had not
-- arrived, sales without a bill yet, what came short, openings that are not cleared; beside them what a bill and its ledger tell
-- differently, and merchant numbers of which the book has neither ledger nor payouts (unproven). What lies before an opening balance is in it.
with open as (
    select channel, merchant, standing, record_type, record_id, min(day) as day, sum(amount) as amount
    from base.arrival_flows where part = 'open' and day < $after
    group by all having sum(amount) <> 0
), purses as (
    select distinct w.channel, coalesce(base.merchant_key(coalesce(w.merchant_no, a.merchant_no)), '-') as merchant
    from base.wallet_lines w left join base.wallet_file_accounts a on a.file_id = w.file_id
    where w.kind not in ('purchase', 'purchase_refund', 'internal', 'closed')
), every_sale as (
    select p.payment_id, p.channel, coalesce(base.merchant_key(coalesce(p.merchant_no, a.merchant_no)), '-') as merchant,
           cast(p.occurred_at as date) as day, p.amount - p.fee as net
    from base.payments p left join base.wallet_file_accounts a on a.file_id = p.file_id and a.channel = p.channel
    where not p.cancelled and p.occurred_at < $after and p.payment_id not in (select payment_id from base.receipts_seen_twice)
), sales as (
    from base.with_openings('every_sale') where coalesce(day >= opening_day, true)
), every_line as (
    select w.wallet_line_id, w.channel, coalesce(base.merchant_key(coalesce(w.merchant_no, a.merchant_no)), '-') as merchant, cast(w.occurred_at as date) as day,
           w.amount
    from base.wallet_lines w left join base.wallet_file_accounts a on a.file_id = w.file_id
    where w.kind in ('payment', 'fee', 'refund', 'fee_return') and w.occurred_at < $after
), led as (
    from base.with_openings('every_line') where coalesce(day >= opening_day, true)
), booked as (
    select i.record_id as payment_id, l.wallet_line_id, l.amount
    from base.matches m
    join base.match_members i on i.match_id = m.match_id and i.side = 'inner'
    join base.match_members o on o.match_id = m.match_id and o.side = 'outer'
    join led l on l.wallet_line_id = o.record_id
    where m.kind = 'payment_wallet' and m.state = 'confirmed'
), sale_booked as (
    select payment_id, sum(amount) as amount from booked group by payment_id
), not_booked as (
    select s.channel, s.merchant, s.day, s.payment_id, s.net - coalesce(b.amount, 0) as amount
    from sales s join purses u on u.channel = s.channel and u.merchant = s.merchant
    left join sale_booked b on b.payment_id = s.payment_id
), lines as (
    from led where wallet_line_id not in (select wallet_line_id from booked where payment_id in (select payment_id from sales))
)
select channel, merchant, standing, record_type, record_id, day, cast(amount as decimal(18,5)) as amount from open
union all
select channel, merchant, 'not_in_ledger', 'payment', payment_id, day, cast(amount as decimal(18,5)) from not_booked where amount <> 0
union all
select channel, merchant, 'not_in_bill', 'wallet_line', wallet_line_id, day, cast(-amount as decimal(18,5)) from lines where amount <> 0
union all
select s.channel, s.merchant, 'unproven', null, null, min(s.day), cast(sum(s.net) as decimal(18,5))
from sales s
where (s.channel, s.merchant) not in (select channel, merchant from purses) and s.channel not in (select channel from base.settlements)
group by s.channel, s.merchant having sum(s.net) <> 0
order by channel, merchant, standing, day, record_id
