-- One row per figure that the rows of the month give by themselves: section, subject, detail, part, yuan, number of rows. Payments
-- that came after their month was closed stand apart (prior). Every sum is as wide as a fee: a union with a decimal(38,2) would take
-- the places behind the cent.
with floors as (
    select file_id, floor from base.file_floors where floor > (select min(month) from base.standing_closes)
), placed as (
    select p.channel, coalesce(l.store_id, '') as store_id, coalesce(base.merchant_key(coalesce(p.merchant_no, a.merchant_no)), '-') as merchant, p.kind, p.amount, p.fee,
           l.business_day < $first as late
    from base.payments p
    join base.payment_links l on l.payment_id = p.payment_id
    left join base.wallet_file_accounts a on a.file_id = p.file_id and a.channel = p.channel
    left join floors f on f.file_id = p.file_id
    where not p.cancelled and l.business_day < $after and p.payment_id not in (select payment_id from base.receipts_seen_twice)
      and (l.business_day >= $first and (f.floor is null or f.floor <= $first) or l.business_day < $first and f.floor = $first)
), takings as (
    select store_id, channel, if(late, 'prior_', '') || case kind when 'payment' then 'gross' when 'adjustment' then 'other' else 'refunds' end as part,
           cast(sum(if(kind in ('payment', 'adjustment'), amount, -amount)) as decimal(18,5)) as amount, count(*) as items
    from placed group by all
), fees as (
    select store_id, channel, if(late, 'prior_', '') || 'fees' as part, cast(sum(fee) as decimal(18,5)) as amount, count(*) filter (where fee <> 0) as items from placed group by all
), charged as (
    select channel, merchant, cast(sum(fee) as decimal(18,5)) as fee, cast(sum(amount) as decimal(18,5)) as amount, count(*) as items from placed where kind in ('payment', 'refund') group by all
), sold as (
    select store_id, cast(sum(amount) as decimal(18,5)) as amount, sum(orders) as orders, cast(sum(refunds) as decimal(18,5)) as refunds, sum(refund_count) as refund_count,
           cast(sum(discount) as decimal(18,5)) as discount
    from base.daily_sales where business_day >= $first and business_day < $after group by store_id
), parts as (
    select receiver, rule, cast(sum(amount) as decimal(18,5)) as amount, count(*) as items from base.split_parts where business_day >= $first and business_day < $after group by all
), split as (
    select receiver, cast(sum(amount) as decimal(18,5)) as amount, count(*) as items from base.split_lines
    where occurred_at >= $first and occurred_at < $after and coalesce(status, 'success') = 'success' group by all
), told as (
    select 'store' as section, store_id as subject, channel as detail, part, amount, items from takings
    union all select 'store', store_id, channel, part, amount, items from fees
    union all select 'fees', channel, merchant, 'charged', fee, items from charged
    union all select 'fees', channel, merchant, 'charged_on', amount, items from charged
    union all select 'till', store_id, '', 'sales', amount, orders from sold
    union all select 'till', store_id, '', 'refunds', refunds, refund_count from sold
    union all select 'till', store_id, '', 'discounts', discount, 0 from sold
    union all select 'split', coalesce(receiver, ''), rule, 'due', amount, items from parts
    union all select 'split', coalesce(receiver, ''), '', 'executed', amount, items from split
)
select section, subject, detail, part, cast(amount as decimal(18,5)) as amount, cast(items as bigint) as items from told order by all
