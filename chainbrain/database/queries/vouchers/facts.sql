-- One row per sum that is entered for the month [$first, $after): what wallets and platforms say from the movements of the
-- roll-forward (close_flows); what tills and drawers say by the business day. Fees stand apart (fees.sql). With $untaxed revenue
-- of a store whose kind of taxpayer is known bears the VAT rate of its day.
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
), floors as (
    -- what came after its month was closed counts in the next open one (前期)
    select file_id, floor from base.file_floors where floor > (select min(month) from base.standing_closes)
), split_told as (
    -- whose split a line of a wallet is, by the bill of whoever split it
    select s.channel, s.external_id, any_value(base.merchant_key(s.merchant_no)) as payer, any_value(l.store_id) as store
    from base.split_lines s
    left join base.payments p on p.channel = s.channel and p.external_id = s.payment_external_id and p.kind = 'payment'
    left join base.payment_links l on l.payment_id = p.payment_id
    where s.external_id is not null
    group by all having count(distinct base.merchant_key(s.merchant_no)) = 1 and count(distinct l.store_id) <= 1
), splitters as (
    -- a missing number is like no other: one in the list would leave every wallet undecided
    select channel, base.merchant_key(merchant_no) as merchant from base.split_lines where base.merchant_key(merchant_no) is not null
    union
    select f.channel, f.merchant from close_flows f join base.wallet_lines w on w.wallet_line_id = f.record_id where w.kind = 'split' and w.amount < 0 and f.merchant is not null
), split_got as (
    -- What came of somebody else's sale, or went back to him. Without that bill: what never splits only receives; one legal entity
    -- owes itself nothing.
    select f.record_id, t.store
    from close_flows f
    join base.wallet_lines w on w.wallet_line_id = f.record_id and w.kind in ('split', 'split_return')
    left join split_told t on t.channel = f.channel and t.external_id = w.business_id
    left join purses p on p.channel = f.channel and p.merchant = f.merchant
    left join purses o on o.channel = f.channel and o.merchant = t.payer
    where f.month = $first and f.part = 'other' and (o.entity is null or p.entity is null or o.entity <> p.entity)
      and coalesce(t.payer <> f.merchant, w.kind = 'split' and w.amount > 0 or w.kind = 'split_return' and w.amount < 0
                   or (f.channel, f.merchant) not in (from splitters))
), wallets as (
    select case
               when f.part in ('gross', 'refunds') and f.record_id in (from base.top_up_payments) then 'card_money'
               when f.part in ('gross', 'refunds') and f.record_id in (from unidentified) then 'unidentified'
               when f.part = 'other' and f.record_type = 'payment' then 'adjustments'
               when g.record_id is not null then 'split_received'
               when f.part = 'other' and w.kind in ('split', 'split_return') then 'wallet_split'
               when f.part = 'gross' then 'receipts'
               when f.part = 'refunds' then 'refunds'
               when f.part = 'received' then 'arrived'
               when f.part = 'adjustments' then 'lost_payout'
               else 'wallet_other'
           end as fact,
           if(f.record_type = 'payment', l.store_id, p.store) as store, f.day, f.channel, f.merchant,
           case when f.part = 'received' then b.bank_account when g.record_id is not null then g.store when f.record_type = 'wallet_line' and f.part = 'other' then w.kind else f.merchant end as detail,
           if(f.part = 'adjustments' or f.part = 'refunds' and (f.record_id in (from unidentified) or f.record_id in (from base.top_up_payments)),
              -f.amount, f.amount) as amount
    from close_flows f
    left join base.payment_links l on l.payment_id = f.record_id
    left join base.wallet_lines w on w.wallet_line_id = f.record_id
    left join base.bank_lines b on b.bank_line_id = f.record_id
    left join split_got g on g.record_id = f.record_id
    left join purses p on p.channel = f.channel and p.merchant = f.merchant
    where f.month = $first and f.part not in ('fees', 'opening')
), local as (
    select case when u.order_id is not null then 'card_cash' when t.is_refund or t.amount < 0 then 'cash_refunds' else 'cash_sales' end as fact,
           t.store_code as store, null as detail,
           if((t.is_refund or t.amount < 0) and u.order_id is null, -t.amount, t.amount) as amount, coalesce(o.business_day, cast(t.paid_at as date)) as day, t.file_id
    from base.placed_tenders t left join base.orders o on o.order_id = t.order_id
    left join (select distinct order_id from base.top_up_orders) u on u.order_id = t.order_id
    where t.method = 'cash' and t.amount <> 0 and coalesce(o.status, '') <> 'cancelled'
    union all
    select unnest(['cash_paid_out', 'cash_banked']), store_code, null, unnest([coalesce(paid_out, 0), coalesce(banked, 0)]), business_day, file_id
    from base.placed_cash_counts
    union all
    select unnest(['cash_over', if(d.state <> 'explained', 'none', if(d.amount < 0, 'lost_cash', 'kept_cash'))]), d.store_id, 'D10',
           unnest([d.amount, abs(d.amount)]), d.business_day, c.file_id
    from base.differences d join base.cash_counts c on c.cash_count_id = d.record_id where d.code = 'D10'
    union all
    select 'card_' || kind, store_code, if(principal is null, 'principal_untold', null), coalesce(principal, amount), cast(occurred_at as date), file_id
    from base.placed_stored_value_lines where kind in ('top_up', 'use', 'refund')
), drawers as (
    select d.fact, d.store, d.day, d.detail, d.amount from local d left join floors f on f.file_id = d.file_id
    where d.fact <> 'none' and greatest(d.day, f.floor) >= $first and greatest(d.day, f.floor) < $after
), sold as (
    select distinct store, day from wallets where $untaxed and fact in ('receipts', 'refunds')
    union
    select distinct store, day from drawers where $untaxed and fact in ('cash_sales', 'cash_refunds', 'card_use')
), rates as (
    select d.store, d.day, s.taxpayer, base.vat_rate(s.taxpayer, d.day) as vat
    from sold d join main.stores s on s.store_id = d.store where s.taxpayer is not null
), rows as (
    select w.fact, coalesce(p.entity, h.entity, b.entity) as entity, w.store, w.channel, w.detail,
           coalesce(s.ownership = 'franchise' and coalesce(p.entity, h.entity) in (from own), false) as for_store, w.amount,
           r.taxpayer, r.vat
    from wallets w
    left join rates r on w.fact in ('receipts', 'refunds') and r.store = w.store and r.day = w.day
    left join purses p on p.channel = w.channel and p.merchant = w.merchant
    left join homes h on h.store_id = w.store
    left join banks b on w.fact = 'arrived' and b.account = base.account_key(w.detail)
    left join main.stores s on s.store_id = w.store
    union all
    select d.fact, h.entity, d.store, null, d.detail, coalesce(s.ownership = 'franchise' and h.entity in (from own), false), d.amount,
           r.taxpayer, r.vat
    from drawers d
    left join rates r on d.fact in ('cash_sales', 'cash_refunds', 'card_use') and r.store = d.store and r.day = d.day
    left join homes h on h.store_id = d.store
    left join main.stores s on s.store_id = d.store
)
select fact, entity, store, channel, detail, for_store, cast(sum(amount) as decimal(18,2)) as amount, count(*) as items, taxpayer, vat
from rows where amount <> 0
group by all
having sum(amount) <> 0
order by all
