-- Movements of what is late and of what came short, of some movements of money on its way: a payout's sum from the day after it was
-- due, what has come of it since, and what a payout that did arrive lacks from that day on. Read as the money map reads it.
create macro base.late_of(flows_of) as table
with open as materialized (
    select channel, merchant, day, standing, record_type, record_id, amount from query_table(flows_of) where part = 'open' and standing in ('expected', 'short')
)
select channel, merchant, record_type, record_id, day, due_on, short, cast(sum(amount) as decimal(18,5)) as amount
from (
    select f.channel, f.merchant, f.record_type, f.record_id, greatest(f.day, t.late_from) as day, t.late_from - 1 as due_on, false as short, f.amount
    from open f join base.payout_terms t on t.record_type = f.record_type and t.record_id = f.record_id
    where f.standing = 'expected' and t.late_from is not null
    union all
    select channel, merchant, record_type, record_id, day, day, true, amount from open where standing = 'short'
)
group by all having sum(amount) <> 0;

-- Another daily fact (0064): money that is late or came short, by its payout or withdrawal. What came in time is in none of its rows.
create table base.late_money (
    channel varchar, merchant varchar, record_type varchar not null, record_id uuid not null, day date not null, due_on date not null,
    short boolean not null, amount decimal(18,5) not null
);
create view base.late_money_of_rows as from base.late_of('base.arrival_flows');
