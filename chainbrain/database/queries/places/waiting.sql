-- One row per merchant number, terminal and printed store name whose receipts belong to no store: how many, when, how much.
select p.channel, base.merchant_key(p.merchant_no) as merchant, min(p.merchant_no) as merchant_no, p.terminal_no, p.store_hint, count(*) as rows, min(cast(p.occurred_at as date)) as first_day,
       max(cast(p.occurred_at as date)) as last_day, sum(p.amount) as amount,
       bool_or(exists (select 1 from main.merchant_accounts a where a.channel = p.channel and base.merchant_key(a.merchant_no) = base.merchant_key(p.merchant_no))) as known
from base.payments p join base.payment_links l on l.payment_id = p.payment_id
where l.store_id is null
group by p.channel, base.merchant_key(p.merchant_no), p.terminal_no, p.store_hint
order by 1, 2, p.terminal_no nulls first, p.store_hint nulls first
