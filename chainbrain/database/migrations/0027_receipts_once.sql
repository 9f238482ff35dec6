-- A receipt that an aggregator's bill and the wallet's own bill both show is money once. It is on its way where it is paid out: by
-- the wallet when only there a ledger or a payout holds it, otherwise by the aggregator. This names the row that repeats it.
create view base.receipts_seen_twice as
with bridges as (
    select i.record_id as seen_id, o.record_id as wallet_id
    from base.matches m
    join base.match_members i on i.match_id = m.match_id and i.side = 'inner'
    join base.match_members o on o.match_id = m.match_id and o.side = 'outer'
    where m.kind = 'payment_bridge' and m.state = 'confirmed'
), led as (
    -- by a ledger or a payout
    select i.record_id as payment_id
    from base.matches m join base.match_members i on i.match_id = m.match_id and i.side = 'inner'
    where m.kind = 'payment_wallet' and m.state = 'confirmed' and i.record_id in (select wallet_id from bridges union all select seen_id from bridges)
    union
    select payment_id from base.payment_links where settlement_id is not null
)
select case when wallet_id in (from led) and seen_id not in (from led) then seen_id else wallet_id end as payment_id from bridges;

-- Every movement of the roll-forward of money on its way to the bank: opening + gross - refunds - fees + other - received = closing.
-- One row per movement, for the merchant number that it belongs to ('-' where it cannot be told). The part "open" holds the same
-- closing figure from the other side: what came to lie in a wallet or a payout, and what has left it again.
create or replace view base.arrival_flows as
with own as (
    select w.wallet_line_id, w.channel, coalesce(base.merchant_key(coalesce(w.merchant_no, a.merchant_no)), '-') as merchant,
           cast(w.occurred_at as date) as day, w.kind, w.amount
    from base.wallet_lines w left join base.wallet_file_accounts a on a.file_id = w.file_id
    where w.kind not in ('purchase', 'purchase_refund', 'internal', 'closed')
),
sales as (
    select p.payment_id, p.channel, coalesce(base.merchant_key(coalesce(p.merchant_no, a.merchant_no)), '-') as merchant,
           cast(p.occurred_at as date) as day, p.kind, p.amount, p.fee, l.settlement_id
    from base.payments p
    left join base.payment_links l on l.payment_id = p.payment_id
    left join base.wallet_file_accounts a on a.file_id = p.file_id and a.channel = p.channel
    where not p.cancelled and p.payment_id not in (select payment_id from base.receipts_seen_twice)
),
-- Sums are as wide as their parts: in a union a decimal(38,2) would take the places behind the cent from every fee.
-- A deposit of several payouts brings each what it comes to; what is over or short lies with the first of them.
paid as (
    select i.record_type, i.record_id, o.bank_line_id, o.day,
           cast(i.amount + if(row_number() over (partition by i.match_id order by i.record_id) = 1, o.amount - sum(i.amount) over (partition by i.match_id), 0) as decimal(18,2)) as amount
    from base.matches m
    join base.match_members i on i.match_id = m.match_id and i.side = 'inner'
    join (
        select o.match_id, min(b.bank_line_id) as bank_line_id, cast(max(b.posted_at) as date) as day, cast(sum(b.amount) as decimal(18,2)) as amount
        from base.match_members o join base.bank_lines b on b.bank_line_id = o.record_id
        where o.record_type = 'bank_line' group by o.match_id
    ) o on o.match_id = m.match_id
    where m.kind = 'settlement_bank' and m.state = 'confirmed'
),
payouts as (
    select settlement_id, channel, coalesce(base.merchant_key(merchant_no), '-') as merchant, merchant_no is null as several from base.settlements
),
-- A payout of several shops: each has what its own rows come to, what is left over cannot be told.
parts as (
    select s.settlement_id, s.channel, s.merchant, cast(sum(s.amount - s.fee) as decimal(18,5)) as amount
    from sales s join payouts p on p.settlement_id = s.settlement_id and p.several
    group by all
),
came_in as (
    select w.channel, w.merchant, p.day, p.amount, p.bank_line_id
    from paid p join own w on p.record_type = 'wallet_line' and w.wallet_line_id = p.record_id
    union all
    select s.channel, s.merchant, p.day, p.amount, p.bank_line_id
    from paid p join payouts s on p.record_type = 'settlement' and s.settlement_id = p.record_id and not s.several
    union all
    select t.channel, t.merchant, p.day, t.amount, p.bank_line_id
    from paid p join parts t on p.record_type = 'settlement' and t.settlement_id = p.record_id
    union all
    select s.channel, '-', p.day, p.amount - cast(coalesce((select sum(t.amount) from parts t where t.settlement_id = s.settlement_id), 0) as decimal(18,5)), p.bank_line_id
    from paid p join payouts s on p.record_type = 'settlement' and s.settlement_id = p.record_id and s.several
),
numbers as (
    select distinct channel, base.merchant_key(merchant_no) as merchant from main.merchant_accounts
),
earlier as (
    select e.bank_line_id, e.channel, cast(e.posted_at as date) as day, e.amount,
           case when count(n.merchant) = 1 then min(n.merchant) else '-' end as merchant
    from base.earlier_deposits e
    join base.bank_lines b on b.bank_line_id = e.bank_line_id
    left join numbers n on n.channel = e.channel and contains(concat_ws(' ', b.memo, b.external_id), n.merchant)
    group by all
),
-- An opening balance of one shop stands with it, unless the deposits that clear the channel's openings name no shop.
opened as (
    select o.opening_id, coalesce(o.channel, a.channel) as channel, o.day, o.balance,
           case
               when a.merchant is not null then a.merchant
               when o.kind = 'in_transit' and coalesce(o.channel, a.channel) not in (select channel from earlier where merchant = '-') then coalesce(s.merchant, '-')
               else '-'
           end as merchant
    from base.openings o
    left join (
        select base.merchant_key(merchant_no) as merchant, min(channel) as channel from main.merchant_accounts group by all
    ) a on a.merchant = base.merchant_key(o.account_no)
    left join (
        select channel, store_id, min(base.merchant_key(merchant_no)) as merchant
        from main.merchant_accounts group by channel, store_id having count(distinct base.merchant_key(merchant_no)) = 1
    ) s on s.channel = o.channel and s.store_id = o.store_code
    where o.kind in ('wallet', 'in_transit') and coalesce(o.channel, a.channel) is not null
),
flows as (
    select channel, merchant, day, case kind when 'payment' then 'gross' when 'adjustment' then 'other' else 'refunds' end as part,
           if(kind in ('payment', 'adjustment'), amount, -amount) as amount, null as standing, 'payment' as record_type, payment_id as record_id
    from sales
    union all
    select channel, merchant, day, 'fees', fee, null, 'payment', payment_id from sales
    union all
    select channel, merchant, day, 'other', amount, null, 'wallet_line', wallet_line_id
    from own where kind not in ('payment', 'fee', 'refund', 'fee_return', 'withdrawal')
    union all
    select channel, merchant, day, 'received', amount, null, 'bank_line', bank_line_id from came_in
    union all
    select channel, merchant, day, 'received', amount, null, 'bank_line', bank_line_id from earlier
    union all
    select channel, merchant, day, 'opening', balance, null, 'opening', opening_id from opened
    union all
    -- a wallet's balance, and withdrawals from it that have not reached the bank
    select channel, merchant, day, 'open', amount, 'in_wallet', null, null from own
    union all
    select channel, merchant, day, 'open', -amount, 'expected', 'wallet_line', wallet_line_id from own where kind = 'withdrawal'
    union all
    select w.channel, w.merchant, greatest(w.day, p.day), 'open', w.amount, 'expected', 'wallet_line', w.wallet_line_id
    from own w join paid p on p.record_type = 'wallet_line' and p.record_id = w.wallet_line_id
    where w.kind = 'withdrawal'
    union all
    -- what platforms and acquirers have to pay out, and what has been paid
    select s.channel, s.merchant, s.day, 'open', s.amount - s.fee, if(s.settlement_id is null, 'unbilled', 'expected'),
           if(s.settlement_id is null, 'payment', 'settlement'), coalesce(s.settlement_id, s.payment_id)
    from sales s
    where s.channel in (select channel from base.settlements) and (s.channel, s.merchant) not in (select channel, merchant from own)
    union all
    select s.channel, s.merchant, greatest(s.day, p.day), 'open', s.fee - s.amount, 'expected', 'settlement', s.settlement_id
    from sales s join paid p on p.record_type = 'settlement' and p.record_id = s.settlement_id
    where (s.channel, s.merchant) not in (select channel, merchant from own)
    union all
    -- what came short on a payout that did arrive is open until somebody writes it off
    select coalesce(w.channel, s.channel), coalesce(w.merchant, s.merchant), p.day, 'open', -d.amount, 'short', p.record_type, p.record_id
    from paid p
    join base.differences d on d.record_type = p.record_type and d.record_id = p.record_id and d.code in ('D08', 'D12') and d.state in ('open', 'explained')
    left join own w on p.record_type = 'wallet_line' and w.wallet_line_id = p.record_id
    left join payouts s on p.record_type = 'settlement' and s.settlement_id = p.record_id
    union all
    select channel, merchant, day, 'open', balance, 'opening', null, null from opened
    union all
    select channel, merchant, day, 'open', -amount, 'opening', null, null from earlier
)
select channel, merchant, day, part, cast(amount as decimal(18,5)) as amount, standing, record_type, record_id from flows where amount <> 0;
