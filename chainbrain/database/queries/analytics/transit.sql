-- One row per channel: the roll-forward of its money on the way to the bank over [$first, $after), and the same closing figure
-- added up from the rows that are still on the way (null where the book has neither a ledger nor payouts of the channel).
-- What the owner bought with a card through a wallet or on a platform, and moves within a wallet, are nobody's money on its way.
with own as (
    from base.wallet_lines where kind not in ('purchase', 'purchase_refund', 'internal', 'closed')
),
links as (
    select mm.match_id, mm.record_type, mm.record_id
    from base.match_members mm join base.matches m on m.match_id = mm.match_id
    where m.kind = 'settlement_bank' and m.state = 'confirmed'
),
deposits as (
    select l.match_id, b.posted_at, b.amount from links l join base.bank_lines b on l.record_type = 'bank_line' and b.bank_line_id = l.record_id
),
payouts as (
    select l.match_id, 'settlement' as record_type, s.settlement_id as record_id, s.channel
    from links l join base.settlements s on l.record_type = 'settlement' and s.settlement_id = l.record_id
    union all
    select l.match_id, 'wallet_line', w.wallet_line_id, w.channel
    from links l join base.wallet_lines w on l.record_type = 'wallet_line' and w.wallet_line_id = l.record_id
),
paid as (
    select p.record_type, p.record_id, max(d.posted_at) as posted_at from payouts p join deposits d on d.match_id = p.match_id group by all
),
entered as (
    select coalesce(o.channel, a.channel) as channel, o.balance
    from base.openings o
    left join (
        select base.merchant_key(merchant_no) as account_no, min(channel) as channel from main.merchant_accounts group by all
    ) a on a.account_no = base.merchant_key(o.account_no)
    where o.kind in ('wallet', 'in_transit') and o.day < $after
),
flows as (
    select channel, cast(occurred_at as date) as d, if(kind = 'payment', amount, 0) as gross,
           if(kind in ('refund', 'chargeback'), -amount, 0) as refunds, fee as fees, if(kind = 'adjustment', amount, 0) as other, 0 as received
    from base.payments where not cancelled and payment_id not in (select payment_id from base.receipts_seen_twice)
    union all
    select channel, cast(occurred_at as date), 0, 0, 0, amount, 0
    from own where kind not in ('payment', 'fee', 'refund', 'fee_return', 'withdrawal')
    union all
    select p.channel, cast(d.posted_at as date), 0, 0, 0, 0, d.amount
    from deposits d join (select match_id, min(channel) as channel from payouts group by match_id) p on p.match_id = d.match_id
    union all
    select channel, cast(posted_at as date), 0, 0, 0, 0, amount from base.earlier_deposits
),
rolled as (
    select channel,
           coalesce(sum(gross - refunds - fees + other - received) filter (where d < $first), 0) as before,
           coalesce(sum(gross) filter (where d >= $first), 0) as gross, coalesce(sum(refunds) filter (where d >= $first), 0) as refunds,
           coalesce(sum(fees) filter (where d >= $first), 0) as fees, coalesce(sum(other) filter (where d >= $first), 0) as other,
           coalesce(sum(received) filter (where d >= $first), 0) as received
    from flows where d < $after group by channel
),
opened as (select channel, sum(balance) as balance from entered group by channel),
cleared as (select channel, sum(amount) as amount from base.earlier_deposits where posted_at < $after group by channel),
in_wallet as (
    select w.channel, sum(w.amount) - coalesce(sum(w.amount) filter (where w.kind = 'withdrawal' and p.record_id is null), 0) as amount
    from own w
    left join paid p on p.record_type = 'wallet_line' and p.record_id = w.wallet_line_id and p.posted_at < $after
    where w.occurred_at < $after
    group by w.channel
),
unpaid as (
    select p.channel, sum(p.amount - p.fee) filter (where d.record_id is null) as amount
    from base.payments p
    left join base.payment_links l on l.payment_id = p.payment_id
    left join paid d on d.record_type = 'settlement' and d.record_id = l.settlement_id and d.posted_at < $after
    where not p.cancelled and p.occurred_at < $after and p.payment_id not in (select payment_id from base.receipts_seen_twice)
      and p.channel in (select channel from base.settlements) and p.channel not in (select channel from own)
    group by p.channel
),
-- What came short on a payout that did arrive is still on its way until somebody writes it off.
short as (
    select p.channel, -sum(d.amount) as amount
    from (select distinct channel, record_type, record_id from payouts) p
    join paid a on a.record_type = p.record_type and a.record_id = p.record_id and a.posted_at < $after
    join base.differences d on d.record_type = p.record_type and d.record_id = p.record_id
    where d.code in ('D08', 'D12') and d.state in ('open', 'explained')
    group by p.channel
),
due as (
    select channel, min(due_on) filter (where due_on >= $after) as due_on
    from (
        select s.channel, r.due_on from base.row_states r join base.settlements s on s.settlement_id = r.record_id
        where r.record_type = 'settlement' and r.state = 'timing' and r.leg = 'bank'
        union all
        select w.channel, r.due_on from base.row_states r join base.wallet_lines w on w.wallet_line_id = r.record_id
        where r.record_type = 'wallet_line' and r.state = 'timing' and r.leg = 'bank'
    )
    group by channel
),
late as (
    select channel, -sum(amount) as amount, min(due_on) as since, count(*) as rows
    from base.differences where code = 'D08' and state = 'open' and channel is not null group by channel
)
select c.channel, coalesce(o.balance, 0) + coalesce(r.before, 0), coalesce(r.gross, 0), coalesce(r.refunds, 0), coalesce(r.fees, 0),
       coalesce(r.other, 0), coalesce(r.received, 0),
       case when w.channel is not null or u.channel is not null
            then coalesce(o.balance, 0) - coalesce(e.amount, 0) + coalesce(w.amount, u.amount, 0) + coalesce(s.amount, 0) end,
       d.due_on, coalesce(l.amount, 0), l.since, coalesce(l.rows, 0)
from (select channel from rolled union select channel from opened where channel is not null) c
left join rolled r on r.channel = c.channel
left join opened o on o.channel = c.channel
left join cleared e on e.channel = c.channel
left join in_wallet w on w.channel = c.channel
left join unpaid u on u.channel = c.channel
left join short s on s.channel = c.channel
left join due d on d.channel = c.channel
left join late l on l.channel = c.channel
order by c.channel
