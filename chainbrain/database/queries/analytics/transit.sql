-- One row per channel: the roll-forward of its money on the way to the bank over [$first, $after), and the same closing figure
-- added up from the rows that are still on the way (null where the book has neither a ledger nor payouts of the channel).
-- What the owner bought with a card through a wallet or on a platform, and moves within a wallet, are nobody's money on its way.
with rolled as (
    select channel, coalesce(sum(amount) filter (where part = 'opening'), 0)
           + coalesce(sum(case when part in ('gross', 'other') then amount else -amount end) filter (where part not in ('opening', 'open') and day < $first), 0) as opening,
           coalesce(sum(amount) filter (where part = 'gross' and day >= $first), 0) as gross,
           coalesce(sum(amount) filter (where part = 'refunds' and day >= $first), 0) as refunds,
           coalesce(sum(amount) filter (where part = 'fees' and day >= $first), 0) as fees,
           coalesce(sum(amount) filter (where part = 'other' and day >= $first), 0) as other,
           coalesce(sum(amount) filter (where part = 'received' and day >= $first), 0) as received,
           coalesce(sum(amount) filter (where part = 'open'), 0) as waiting
    from {flows} where day < $after group by channel
),
told as (
    select channel from base.told_channels where since < $after
),
due as (
    select channel, min(due_on) filter (where due_on >= $after) as due_on
    from base.due_money group by channel
),
late as (
    select channel, -sum(amount) as amount, min(due_on) as since, count(*) as rows
    from base.differences where code = 'D08' and state = 'open' and channel is not null group by channel
)
select r.channel, r.opening, r.gross, r.refunds, r.fees, r.other, r.received, if(t.channel is null, null, r.waiting),
       d.due_on, coalesce(l.amount, 0), l.since, coalesce(l.rows, 0)
from rolled r
left join told t on t.channel = r.channel
left join due d on d.channel = r.channel
left join late l on l.channel = r.channel
order by r.channel
