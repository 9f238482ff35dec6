-- One row per file whose rows name no shop and that nothing proves, and per printed store name where it has several: how many
-- of its receipts belong to no store, when, how much, and the store of the channel's account when only one is on record.
with single as (
    select channel, min(store_id) as store_id from main.merchant_accounts
    group by channel having count(distinct base.merchant_key(merchant_no)) = 1 and count(distinct store_id) = 1
), several as (
    select file_id, channel from base.payments where merchant_no is null
    group by all having count(distinct coalesce(store_hint, '')) > 1
), loose as (
    select p.file_id, p.channel, case when s.file_id is not null then p.store_hint end as store_hint, p.occurred_at, p.amount
    from base.payments p
    join base.payment_links l on l.payment_id = p.payment_id
    left join base.wallet_file_accounts a on a.file_id = p.file_id and a.channel = p.channel
    left join several s on s.file_id = p.file_id and s.channel = p.channel
    where l.store_id is null and p.merchant_no is null and a.file_id is null
)
select l.channel, cast(l.file_id as varchar) as file, f.name, l.store_hint, count(*) as rows, min(cast(l.occurred_at as date)) as first_day,
       max(cast(l.occurred_at as date)) as last_day, sum(l.amount) as amount, any_value(o.store_id) as only_store
from loose l
join base.source_files f on f.file_id = l.file_id
left join single o on o.channel = l.channel
group by l.channel, l.file_id, f.name, l.store_hint
order by 1, f.name, 2, l.store_hint nulls first
