-- From which day the opening balances of money in wallets and on its way hold: by merchant number, without one for a whole channel; of a
-- store for the numbers it has. What lies before that day is contained in the balance and counts in no figure again. transit_day
-- is that of a balance of money that had left the wallets, too.
create view base.opening_days as
with given as (
    select coalesce(o.channel, a.channel) as channel, base.merchant_key(o.account_no) as merchant, o.store_code, o.kind, o.day
    from base.openings o
    left join (
        select base.merchant_key(merchant_no) as merchant, min(channel) as channel from main.merchant_accounts group by all
    ) a on a.merchant = base.merchant_key(o.account_no)
    where o.kind in ('wallet', 'in_transit')
), numbered as (
    select channel, merchant, kind, day from given where merchant is not null or store_code is null
    union all
    select g.channel, base.merchant_key(m.merchant_no), g.kind, g.day
    from given g join main.merchant_accounts m on m.channel = g.channel and m.store_id = g.store_code
    where g.merchant is null and m.merchant_no is not null
)
select channel, merchant, max(day) as day, max(day) filter (where kind = 'in_transit') as transit_day
from numbered where channel is not null group by all;

-- Whether a day lies before the opening balance of its merchant number or of the whole channel.
create macro base.in_opening(day, of_number, of_channel) as coalesce(day < greatest(of_number, of_channel), false);

-- Every movement of the roll-forward of money on its way to the bank: opening + gross - refunds - fees + other - received = closing.
-- One row per movement, for the merchant number that it belongs to ('-' where it cannot be told). The part "open" holds the same
-- closing figure from the other side: what came to lie in a wallet or a payout, and what has left it again. "contained" marks what an
-- opening balance has in it.
create view base.arrival_movements as
with own as (
    select w.wallet_line_id, w.channel, coalesce(base.merchant_key(coalesce(w.merchant_no, a.merchant_no)), '-') as merchant,
           cast(w.occurred_at as date) as day, w.kind, w.amount
    from base.wallet_lines w left join base.wallet_file_accounts a on a.file_id = w.file_id
    where w.kind not in ('purchase', 'purchase_refund', 'internal', 'closed')
),
-- Withdrawals from before an opening balance; where the opening is only that of the wallet, they are outside of it as well as their arrival.
drawn_before as (
    select w.wallet_line_id, not base.in_opening(w.day, n.transit_day, c.transit_day) as outside
    from own w
    left join base.opening_days n on n.channel = w.channel and n.merchant = w.merchant
    left join base.opening_days c on c.channel = w.channel and c.merchant is null
    where w.kind = 'withdrawal' and base.in_opening(w.day, n.day, c.day)
),
sales as (
    select p.payment_id, p.channel, coalesce(base.merchant_key(coalesce(p.merchant_no, a.merchant_no)), '-') as merchant,
           cast(p.occurred_at as date) as day, p.kind, p.amount, p.fee, l.settlement_id
    from base.payments p
    left join base.payment_links l on l.payment_id = p.payment_id
    left join base.wallet_file_accounts a on a.file_id = p.file_id and a.channel = p.channel
    where not p.cancelled and p.payment_id not in (select payment_id from base.receipts_seen_twice)
),
sales_before as (
    select s.payment_id
    from sales s
    left join base.opening_days n on n.channel = s.channel and n.merchant = s.merchant
    left join base.opening_days c on c.channel = s.channel and c.merchant is null
    where base.in_opening(s.day, n.day, c.day)
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
    select w.channel, w.merchant, p.day, p.amount, p.bank_line_id, coalesce(b.outside, false) as outside
    from paid p join own w on p.record_type = 'wallet_line' and w.wallet_line_id = p.record_id
    left join drawn_before b on b.wallet_line_id = w.wallet_line_id
    union all
    select s.channel, s.merchant, p.day, p.amount, p.bank_line_id, false
    from paid p join payouts s on p.record_type = 'settlement' and s.settlement_id = p.record_id and not s.several
    union all
    select t.channel, t.merchant, p.day, t.amount, p.bank_line_id, false
    from paid p join parts t on p.record_type = 'settlement' and t.settlement_id = p.record_id
    union all
    select s.channel, '-', p.day, p.amount - cast(coalesce((select sum(t.amount) from parts t where t.settlement_id = s.settlement_id), 0) as decimal(18,5)), p.bank_line_id, false
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
           o.day < max(o.day) over (partition by o.kind, o.channel, base.merchant_key(o.account_no), o.store_code) as replaced,
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
           if(kind in ('payment', 'adjustment'), amount, -amount) as amount, null as standing, 'payment' as record_type, payment_id as record_id,
           cast(null as boolean) as contained
    from sales
    union all
    select channel, merchant, day, 'fees', fee, null, 'payment', payment_id, null from sales
    union all
    select channel, merchant, day, 'other', amount, null, 'wallet_line', wallet_line_id, null
    from own where kind not in ('payment', 'fee', 'refund', 'fee_return', 'withdrawal')
    union all
    select channel, merchant, day, 'received', amount, null, 'bank_line', bank_line_id, nullif(outside, false) from came_in
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
    select w.channel, w.merchant, greatest(w.day, p.day), 'open', w.amount, if(b.wallet_line_id is null, 'expected', 'opening'),
           if(b.wallet_line_id is null, 'wallet_line', null), if(b.wallet_line_id is null, w.wallet_line_id, null), nullif(b.outside, false)
    from own w join paid p on p.record_type = 'wallet_line' and p.record_id = w.wallet_line_id
    left join drawn_before b on b.wallet_line_id = w.wallet_line_id
    where w.kind = 'withdrawal'
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
    select coalesce(w.channel, s.channel), coalesce(w.merchant, s.merchant), p.day, 'open', -d.amount, 'short', p.record_type, p.record_id, nullif(b.outside, false)
    from paid p
    join base.differences d on d.record_type = p.record_type and d.record_id = p.record_id and d.code in ('D08', 'D12') and d.state in ('open', 'explained')
    left join own w on p.record_type = 'wallet_line' and w.wallet_line_id = p.record_id
    left join payouts s on p.record_type = 'settlement' and s.settlement_id = p.record_id
    left join drawn_before b on p.record_type = 'wallet_line' and b.wallet_line_id = p.record_id
    union all
    select channel, merchant, day, 'open', balance, 'opening', null, null, replaced from opened
    union all
    select channel, merchant, day, 'open', -amount, 'opening', null, null, null from earlier
)
select f.channel, f.merchant, f.day, f.part, cast(f.amount as decimal(18,5)) as amount, f.standing, f.record_type, f.record_id,
       coalesce(f.contained, base.in_opening(f.day, n.day, c.day)) as contained
from flows f
left join base.opening_days n on n.channel = f.channel and n.merchant = f.merchant
left join base.opening_days c on c.channel = f.channel and c.merchant is null
where f.amount <> 0;

create or replace view base.arrival_flows as
select * exclude (contained) from base.arrival_movements where not contained;
