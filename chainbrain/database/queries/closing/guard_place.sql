-- The first closed month of which a word on places would move rows: those of files on which it stands, on days for which the word holds. What
-- came after its close counts in the next open month, wherever it belongs; a new store under its own number moves no row.
with words as (
    select *, base.merchant_key(merchant_no) as merchant, coalesce(valid_from, date '0001-01-01') as since, coalesce(valid_to, date '9999-12-31') as until
    from base.placements where entry_id = $entry and code is distinct from store_code
), receipts as (
    select p.file_id, p.channel, base.merchant_key(coalesce(p.merchant_no, a.merchant_no)) as merchant, p.merchant_no is null as unnamed,
           p.terminal_no, p.store_hint, cast(p.occurred_at as date) as day
    from base.payments p left join base.wallet_file_accounts a on a.file_id = p.file_id and a.channel = p.channel
    union all
    select w.file_id, w.channel, base.merchant_key(coalesce(w.merchant_no, a.merchant_no)), w.merchant_no is null, null, null, cast(w.occurred_at as date)
    from base.wallet_lines w left join base.wallet_file_accounts a on a.file_id = w.file_id and a.channel = w.channel
    union all
    select file_id, channel, base.merchant_key(merchant_no), merchant_no is null, null, null, bill_day from base.settlement_rows
), tills as (
    select file_id, store_code, business_day as day from base.orders
    union all
    select t.file_id, t.store_code, coalesce(o.business_day, cast(t.paid_at as date)) from base.tenders t left join base.orders o on o.order_id = t.order_id
    union all
    select file_id, store_code, business_day from base.cash_counts
    union all
    select file_id, store_code, cast(occurred_at as date) from base.stored_value_lines
    union all
    select file_id, store_code, day from base.ledger_lines
    union all
    select file_id, store_code, month from base.store_costs
    union all
    select i.file_id, i.store_code, coalesce(o.business_day, i.business_day) from base.order_items i left join base.orders o on o.order_id = i.order_id
), moved as (
    select r.file_id, r.day
    from words w join receipts r on r.channel = w.channel and r.day >= w.since and r.day < w.until
    where w.kind = 'account' and r.merchant = w.merchant and (w.terminal_no is null or r.terminal_no = w.terminal_no)
          and (w.store_hint is null or r.store_hint = w.store_hint)
       or w.kind = 'file' and r.unnamed and r.file_id = coalesce(w.file_id, r.file_id) and (w.store_hint is null or r.store_hint = w.store_hint)
    union all
    select t.file_id, t.day from words w join tills t on t.store_code = w.code and t.day >= w.since and t.day < w.until where w.kind = 'store'
)
select min(c.month)
from moved m
join base.month_files f on f.file_id = m.file_id
join base.standing_closes c on c.entry_id = f.entry_id and m.day < c.month + interval 1 month
