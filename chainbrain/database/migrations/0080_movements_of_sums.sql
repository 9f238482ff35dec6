-- The movements of money on its way, asked for of any table of sales and of wallet lines: sums by day of many alike rows give the
-- same sums of movements in a fraction of the time (queries/facts/moved.sql).

-- A receipt that two bills show is money once, as before (which of the two repeats the other); now what is few is looked at first: books
-- without an aggregator went through all matches to find none.
create or replace view base.receipts_seen_twice as
with bridged as materialized (
    select match_id, side, record_id from base.match_members
    where match_id in (select match_id from base.matches where kind = 'payment_bridge' and state = 'confirmed')
), bridges as (
    select i.record_id as seen_id, o.record_id as wallet_id
    from bridged i join bridged o on o.match_id = i.match_id and o.side = 'outer'
    where i.side = 'inner'
), named as materialized (
    select match_id, record_id from base.match_members where side = 'inner' and record_id in (select record_id from bridged)
), led as (
    -- by a ledger or a payout
    select record_id as payment_id from named
    where match_id in (
        select match_id from base.matches
        where kind = 'payment_wallet' and state = 'confirmed' and match_id in (select match_id from named)
    )
    union
    select payment_id from base.payment_links where settlement_id is not null and payment_id in (select record_id from bridged)
), counted as (
    select p.payment_id
    from base.payments p
    join base.month_files f on f.file_id = p.file_id
    join base.standing_closes c on c.entry_id = f.entry_id and cast(p.occurred_at as date) < c.month + interval 1 month
    where p.payment_id in (select record_id from bridged)
)
select case
           when (seen_id in (from counted)) <> (wallet_id in (from counted)) then if(seen_id in (from counted), wallet_id, seen_id)
           when wallet_id in (from led) and seen_id not in (from led) then seen_id
           else wallet_id
       end as payment_id
from bridges;

-- The sales, refunds and other rows that wallets and platforms told of, once each, with the merchant number they belong to.
create view base.arriving_sales as
select p.payment_id, p.channel, coalesce(base.merchant_key(coalesce(p.merchant_no, a.merchant_no)), '-') as merchant,
       cast(p.occurred_at as date) as day, p.kind, p.amount, p.fee, l.settlement_id
from base.payments p
left join (from base.payment_links where settlement_id is not null) l on l.payment_id = p.payment_id
left join base.wallet_file_accounts a on a.file_id = p.file_id and a.channel = p.channel
where not p.cancelled and p.payment_id not in (select payment_id from base.receipts_seen_twice);

-- What moved in wallets.
create view base.arriving_lines as
select w.wallet_line_id, w.channel, coalesce(base.merchant_key(coalesce(w.merchant_no, a.merchant_no)), '-') as merchant,
       cast(w.occurred_at as date) as day, w.kind, w.amount
from base.wallet_lines w left join base.wallet_file_accounts a on a.file_id = w.file_id
where w.kind not in ('purchase', 'purchase_refund', 'internal', 'closed');

-- Every movement of the roll-forward of money on its way to the bank: opening + gross - refunds - fees + other - received = closing.
-- One row per movement, for the merchant number that it belongs to ('-' where it cannot be told). The part "open" holds the same
-- closing figure from the other side: what came to lie in a wallet or a payout, and what has left it again. "contained" marks what an
-- opening balance has in it; opening_day is the day of that balance.
create macro base.arrival_movements_of(sales_of, lines_of) as table
with own as (from query_table(lines_of)),
sales as (from query_table(sales_of)),
sales_before as (
    select payment_id from base.with_openings('sales') where day < opening_day
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
-- Withdrawals that an opening balance has to do with: from before that of the wallet, or on their way in that of money which had left it.
drawn as (
    select w.wallet_line_id, w.channel, w.merchant, w.amount, p.day as arrived, w.opening_transit_day as transit_day,
           coalesce(w.day < w.opening_day, false) as before,
           coalesce(w.day < w.opening_transit_day, false) and not coalesce(p.day < w.opening_transit_day, false) as opened
    from base.with_openings('own') w
    left join paid p on p.record_type = 'wallet_line' and p.record_id = w.wallet_line_id
    where w.kind = 'withdrawal' and (w.day < w.opening_day or w.day < w.opening_transit_day)
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
    select w.channel, w.merchant, p.day, p.amount, p.bank_line_id, b.before and not b.opened as outside
    from paid p join own w on p.record_type = 'wallet_line' and w.wallet_line_id = p.record_id
    left join drawn b on b.wallet_line_id = w.wallet_line_id
    union all
    select s.channel, s.merchant, p.day, p.amount, p.bank_line_id, null
    from paid p join payouts s on p.record_type = 'settlement' and s.settlement_id = p.record_id and not s.several
    union all
    select t.channel, t.merchant, p.day, t.amount, p.bank_line_id, null
    from paid p join parts t on p.record_type = 'settlement' and t.settlement_id = p.record_id
    union all
    select s.channel, '-', p.day, p.amount - cast(coalesce((select sum(t.amount) from parts t where t.settlement_id = s.settlement_id), 0) as decimal(18,5)), p.bank_line_id, null
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
    select o.opening_id, o.channel, o.day, o.balance, r.replaced,
           case
               when a.merchant is not null then a.merchant
               when o.kind = 'in_transit' and o.channel not in (select channel from earlier where merchant = '-') then coalesce(s.merchant, '-')
               else '-'
           end as merchant
    from base.transit_openings o
    join base.replaced_openings r on r.opening_id = o.opening_id
    left join (select distinct base.merchant_key(merchant_no) as merchant from main.merchant_accounts) a on a.merchant = o.merchant
    left join (
        select channel, store_id, min(base.merchant_key(merchant_no)) as merchant
        from main.merchant_accounts group by channel, store_id having count(distinct base.merchant_key(merchant_no)) = 1
    ) s on s.channel = o.channel and s.store_id = o.store_code
    where o.channel is not null
),
flows as (
    select channel, merchant, day, case kind when 'payment' then 'gross' when 'adjustment' then 'other' else 'refunds' end as part,
           if(kind in ('payment', 'adjustment'), amount, -amount) as amount, null as standing, 'payment' as record_type, payment_id as record_id,
           cast(null as boolean) as contained
    from sales
    union all
    select channel, merchant, day, 'fees', fee, null, 'payment', payment_id, null from sales
    union all
    select channel, merchant, day, 'other', amount, null, 'wallet_line', wallet_line_id, null
    from own where kind not in ('payment', 'fee', 'refund', 'fee_return', 'withdrawal')
    union all
    select channel, merchant, day, 'received', amount, null, 'bank_line', bank_line_id, outside from came_in
    union all
    select channel, merchant, day, 'received', amount, null, 'bank_line', bank_line_id, null from earlier
    union all
    select channel, merchant, day, 'opening', balance, null, 'opening', opening_id, replaced from opened
    union all
    -- a wallet's balance, and withdrawals from it that have not reached the bank
    select channel, merchant, day, 'open', amount, 'in_wallet', null, null, null from own
    union all
    select channel, merchant, day, 'open', -amount, 'expected', 'wallet_line', wallet_line_id, null from own where kind = 'withdrawal'
    union all
    -- what arrives of what an opening has in it clears the opening
    select w.channel, w.merchant, greatest(w.day, p.day), 'open', w.amount, if(coalesce(b.opened, false), 'opening', 'expected'),
           if(coalesce(b.opened, false), null, 'wallet_line'), if(coalesce(b.opened, false), null, w.wallet_line_id), b.before and not b.opened
    from own w join paid p on p.record_type = 'wallet_line' and p.record_id = w.wallet_line_id
    left join drawn b on b.wallet_line_id = w.wallet_line_id
    where w.kind = 'withdrawal'
    union all
    -- a balance of money on its way that is later than that of the wallet has in it what the wallet's still had
    select channel, merchant, transit_day, 'opening', amount, null, 'wallet_line', wallet_line_id, false from drawn where opened and not before
    union all
    select channel, merchant, transit_day, 'open', amount, 'expected', 'wallet_line', wallet_line_id, false from drawn where opened and not before
    union all
    -- what platforms and acquirers have to pay out, and what has been paid
    select s.channel, s.merchant, s.day, 'open', s.amount - s.fee, if(s.settlement_id is null, 'unbilled', 'expected'),
           if(s.settlement_id is null, 'payment', 'settlement'), coalesce(s.settlement_id, s.payment_id), null
    from sales s
    where s.channel in (select channel from base.settlements) and (s.channel, s.merchant) not in (select channel, merchant from own)
    union all
    select s.channel, s.merchant, greatest(s.day, p.day), 'open', s.fee - s.amount, if(b.payment_id is null, 'expected', 'opening'),
           if(b.payment_id is null, 'settlement', null), if(b.payment_id is null, s.settlement_id, null), null
    from sales s join paid p on p.record_type = 'settlement' and p.record_id = s.settlement_id
    left join sales_before b on b.payment_id = s.payment_id
    where (s.channel, s.merchant) not in (select channel, merchant from own)
    union all
    -- what came short on a payout that did arrive is open until somebody writes it off
    select coalesce(w.channel, s.channel), coalesce(w.merchant, s.merchant), p.day, 'open', -d.amount, 'short', p.record_type, p.record_id, b.before and not b.opened
    from paid p
    join base.differences d on d.record_type = p.record_type and d.record_id = p.record_id and d.code in ('D08', 'D12') and d.state in ('open', 'explained')
    left join own w on p.record_type = 'wallet_line' and w.wallet_line_id = p.record_id
    left join payouts s on p.record_type = 'settlement' and s.settlement_id = p.record_id
    left join drawn b on p.record_type = 'wallet_line' and b.wallet_line_id = p.record_id
    union all
    select channel, merchant, day, 'open', balance, 'opening', null, null, replaced from opened
    union all
    select channel, merchant, day, 'open', -amount, 'opening', null, null, null from earlier
)
select f.channel, f.merchant, f.day, f.part, cast(f.amount as decimal(18,5)) as amount, f.standing, f.record_type, f.record_id,
       coalesce(f.contained, f.day < f.opening_day, false) as contained, f.opening_day
from base.with_openings('flows') f
where f.amount <> 0;
create or replace view base.arrival_movements as from base.arrival_movements_of('base.arriving_sales', 'base.arriving_lines');
