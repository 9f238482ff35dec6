-- One row per sum that is entered for the days of [$first, $after): what wallets and platforms say by the calendar day, as the
-- roll-forward of the money on the way; what tills and drawers say by the business day. Fees stand apart (fees.sql).
with named as (
    select a.channel, base.merchant_key(a.merchant_no) as merchant, a.store_id, a.legal_entity, s.ownership
    from main.merchant_accounts a left join main.stores s on s.store_id = a.store_id
), own as (
    select distinct legal_entity from named where ownership = 'own' and legal_entity is not null
), purses as (
    select channel, merchant, case when count(distinct legal_entity) = 1 then min(legal_entity) end as entity,
           case when count(distinct store_id) = 1 then min(store_id) end as store
    from named group by all
), banks as (
    -- what cannot be told apart by merchant number still arrived on somebody's account
    select base.account_key(bank_account) as account, case when count(distinct legal_entity) = 1 then min(legal_entity) end as entity
    from main.merchant_accounts where bank_account is not null group by all
), homes as (
    select store_id, case when count(distinct legal_entity) = 1 then min(legal_entity) end as entity from named where store_id is not null group by all
), unidentified as (
    select distinct record_id from base.differences where code = 'D02' and state = 'open' and record_type = 'payment'
), sales as (
    select p.payment_id, p.channel, coalesce(base.merchant_key(coalesce(p.merchant_no, a.merchant_no)), '-') as merchant,
           cast(p.occurred_at as date) as day, p.kind, p.amount, l.store_id
    from base.payments p
    left join base.payment_links l on l.payment_id = p.payment_id
    left join base.wallet_file_accounts a on a.file_id = p.file_id and a.channel = p.channel
    where not p.cancelled and p.payment_id not in (select payment_id from base.receipts_seen_twice)
), wallets as (
    select case
               when s.kind = 'adjustment' then 'adjustments'
               when s.payment_id in (from unidentified) then 'unidentified'
               when s.kind = 'payment' then 'receipts'
               else 'refunds'
           end as fact, s.store_id as store, s.channel, s.merchant, s.merchant as detail, s.amount
    from sales s where s.day >= $first and s.day < $after
    union all
    select case when w.kind in ('split', 'split_return') then 'wallet_split' else 'wallet_other' end, p.store, f.channel, f.merchant, w.kind, f.amount
    from base.arrival_flows f
    join base.wallet_lines w on w.wallet_line_id = f.record_id
    left join purses p on p.channel = f.channel and p.merchant = f.merchant
    where f.part = 'other' and f.record_type = 'wallet_line' and f.day >= $first and f.day < $after
    union all
    select 'arrived', p.store, f.channel, f.merchant, b.bank_account, f.amount
    from base.arrival_flows f
    join base.bank_lines b on b.bank_line_id = f.record_id
    left join purses p on p.channel = f.channel and p.merchant = f.merchant
    where f.part = 'received' and f.day >= $first and f.day < $after
    union all
    select 'lost_payout', store_id, channel, '-', 'D08', -amount
    from base.differences where code = 'D08' and state = 'explained' and business_day >= $first and business_day < $after
), drawers as (
    select if(t.is_refund or t.amount < 0, 'cash_refunds', 'cash_sales') as fact, t.store_code as store, null as detail,
           if(t.is_refund or t.amount < 0, -t.amount, t.amount) as amount
    from base.placed_tenders t left join base.orders o on o.order_id = t.order_id
    where t.method = 'cash' and t.amount <> 0 and coalesce(o.status, '') <> 'cancelled'
      and coalesce(o.business_day, cast(t.paid_at as date)) >= $first and coalesce(o.business_day, cast(t.paid_at as date)) < $after
    union all
    select unnest(['cash_paid_out', 'cash_banked']), store_code, null, unnest([coalesce(paid_out, 0), coalesce(banked, 0)])
    from base.placed_cash_counts where business_day >= $first and business_day < $after
    union all
    select 'cash_over', store_id, 'D10', amount
    from base.differences where code = 'D10' and business_day >= $first and business_day < $after
    union all
    select if(amount < 0, 'lost_cash', 'kept_cash'), store_id, 'D10', abs(amount)
    from base.differences where code = 'D10' and state = 'explained' and business_day >= $first and business_day < $after
    union all
    select 'card_' || kind, store_code,
           if(principal is null, 'principal_untold', null), coalesce(principal, amount)
    from base.placed_stored_value_lines
    where kind in ('top_up', 'use', 'refund') and cast(occurred_at as date) >= $first and cast(occurred_at as date) < $after
), rows as (
    select w.fact, coalesce(p.entity, h.entity, b.entity) as entity, w.store, w.channel, w.detail,
           coalesce(s.ownership = 'franchise' and coalesce(p.entity, h.entity) in (from own), false) as for_store, w.amount
    from wallets w
    left join purses p on p.channel = w.channel and p.merchant = w.merchant
    left join homes h on h.store_id = w.store
    left join banks b on w.fact = 'arrived' and b.account = base.account_key(w.detail)
    left join main.stores s on s.store_id = w.store
    union all
    select d.fact, h.entity, d.store, null, d.detail, coalesce(s.ownership = 'franchise' and h.entity in (from own), false), d.amount
    from drawers d
    left join homes h on h.store_id = d.store
    left join main.stores s on s.store_id = d.store
)
select fact, entity, store, channel, detail, for_store, cast(sum(if(fact = 'refunds', -amount, amount)) as decimal(18,2)) as amount, count(*) as items
from rows where amount <> 0
group by all
having sum(amount) <> 0
order by all
