-- What the tills say about receipts without a store: one row per merchant number (or file that names none), terminal,
-- printed name and store, with the number of receipts whose number and amount one of the store's tenders carries.
with loose as (
    select p.payment_id, p.channel, base.merchant_key(coalesce(p.merchant_no, f.merchant_no)) as merchant,
           case when coalesce(p.merchant_no, f.merchant_no) is null then cast(p.file_id as varchar) end as file,
           p.terminal_no, p.store_hint, p.amount, p.external_id, p.merchant_order_no
    from base.payments p join base.payment_links l on l.payment_id = p.payment_id
    left join base.wallet_file_accounts f on f.file_id = p.file_id and f.channel = p.channel
    where l.store_id is null and p.kind = 'payment'
), numbers as (
    select payment_id, amount, unnest(list_distinct([external_id, merchant_order_no])) as number from loose
), found as (
    select distinct n.payment_id, t.store_code as store_id
    from numbers n
    join (
        select store_code, amount, reference as number from base.placed_tenders where reference is not null and not is_refund
        union all
        select store_code, amount, order_no from base.placed_tenders where not is_refund
    ) t on t.number = n.number and t.amount = n.amount
)
select l.channel, coalesce(l.merchant, l.file) as merchant, l.terminal_no, l.store_hint, f.store_id, count(*) as votes
from found f join loose l on l.payment_id = f.payment_id
group by 1, 2, 3, 4, 5
order by 1, 2, 3 nulls first, 4 nulls first, 6 desc, 5
