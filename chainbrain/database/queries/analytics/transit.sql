-- One row per channel: the roll-forward of its money on the way to the bank over [$first, $after), and the same closing figure
-- added up from the rows that are still on the way (null where the book has neither a ledger nor payouts of the channel). Of it, what is
-- late (due, and not at a bank whose statements reach that day) since the day it was due, and what came short of payouts that did arrive:
-- as the money map tells them, which takes deposits beyond an opening off what is late (queries/cash/map_moves.sql).
-- What the owner bought with a card through a wallet or on a platform, and moves within a wallet, are nobody's money on its way.
with numbers as materialized (
    select channel, merchant, day, standing, amount from {flows} where part = 'open' and standing in ('in_wallet', 'opening')
),
rolled as (
    select channel, coalesce(sum(amount) filter (where part = 'opening'), 0)
           + coalesce(sum(case when part in ('gross', 'other') then amount else -amount end) filter (where part not in ('opening', 'open') and day < $first), 0) as opening,
           coalesce(sum(amount) filter (where part = 'gross' and day >= $first), 0) as gross,
           coalesce(sum(amount) filter (where part = 'refunds' and day >= $first), 0) as refunds,
           coalesce(sum(amount) filter (where part = 'fees' and day >= $first), 0) as fees,
           coalesce(sum(amount) filter (where part = 'other' and day >= $first), 0) as other,
           coalesce(sum(amount) filter (where part = 'received' and day >= $first), 0) as received,
           coalesce(sum(amount) filter (where part = 'open'), 0) as waiting
    from {channel_flows} where day < $after group by channel
),
told as (
    select channel from base.told_channels where since < $after
),
due as (
    select channel, min(due_on) filter (where due_on >= $after) as due_on
    from base.due_money group by channel
),
lacking as (
    select channel, merchant, record_id, short, min(due_on) as due_on, sum(amount) as amount
    from {late} where day < $after group by all having sum(amount) <> 0
),
purses as (
    select distinct channel, merchant from numbers where standing = 'in_wallet'
),
waiting as (
    select channel, merchant, coalesce(sum(late), 0) as late, coalesce(sum(opened), 0) as opened
    from (
        select channel, merchant, amount as late, 0 as opened from lacking
        union all
        select channel, merchant, 0, amount from numbers f
        where day < $after and standing = 'opening' and not exists (from purses p where p.channel = f.channel and p.merchant = f.merchant)
    )
    group by all
),
of_number as (
    select channel, merchant, least(greatest(-opened, 0), greatest(late, 0)) as taken from waiting where merchant <> '-'
),
of_channel as (
    select w.channel, coalesce(sum(n.taken), 0)
           + least(greatest(-coalesce(sum(w.opened) filter (where w.merchant = '-'), 0), 0), greatest(sum(w.late) - coalesce(sum(n.taken), 0), 0)) as taken
    from waiting w left join of_number n on n.channel = w.channel and n.merchant = w.merchant
    group by w.channel
),
late as (
    select channel, coalesce(sum(amount) filter (where not short), 0) as amount, min(due_on) filter (where not short) as since,
           coalesce(sum(amount) filter (where short), 0) as short
    from lacking group by channel
)
select r.channel, r.opening, r.gross, r.refunds, r.fees, r.other, r.received, if(t.channel is null, null, r.waiting),
       d.due_on, coalesce(l.amount - coalesce(o.taken, 0), 0), l.since, coalesce(l.short, 0)
from rolled r
left join told t on t.channel = r.channel
left join due d on d.channel = r.channel
left join late l on l.channel = r.channel
left join of_channel o on o.channel = r.channel
order by r.channel
