-- One row per merchant number, terminal and printed store name whose receipts belong to no store: how many, when, how much.
-- Files that name no shop and have no owner are asked about as files.
with numbered as (
    select p.payment_id, p.channel, coalesce(p.merchant_no, f.merchant_no) as merchant_no, p.terminal_no, p.store_hint, p.occurred_at, p.amount
    from base.payments p left join base.wallet_file_accounts f on f.file_id = p.file_id and f.channel = p.channel
)
select p.channel, base.merchant_key(p.merchant_no) as merchant, min(p.merchant_no) as merchant_no, p.terminal_no, p.store_hint, count(*) as rows, min(cast(p.occurred_at as date)) as first_day,
       max(cast(p.occurred_at as date)) as last_day, sum(p.amount) as amount,
       bool_or(exists (select 1 from main.merchant_accounts a where a.channel = p.channel and base.merchant_key(a.merchant_no) = base.merchant_key(p.merchant_no))) as known
from numbered p join base.payment_links l on l.payment_id = p.payment_id
where l.store_id is null and p.merchant_no is not null
group by p.channel, base.merchant_key(p.merchant_no), p.terminal_no, p.store_hint
order by 1, 2, p.terminal_no nulls first, p.store_hint nulls first
