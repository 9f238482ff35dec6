-- Acquirers often pay through a clearing bank that no list of payers knows. Whoever brought five payouts of a channel to one account, each to
-- the cent, soon after its days and the only one of its amount, or nine of a merchant without bills as one way of settling says, and hardly
-- anything else meanwhile, pays for that channel there. Nothing is proven by that: each deposit still has to be.
create or replace temp table a_learned_payers as
with unknown as (
    select bank_line_id, bank_account, counterparty, day, amount from a_deposits where payer is null and counterparty <> ''
), bills as (
    select settlement_id, channel, base.account_key(bank_account) as bank_account, cast(net as decimal(18,2)) as amount, last_day, coalesce(expected_on, last_day) + 4 as latest
    from base.settlements where net > 0 and bank_account is not null
    union all
    -- what comes together, as on a Monday: of one merchant, or of all of the account
    select min(settlement_id), channel, bank_account, sum(amount), due, due
    from (
        select s.settlement_id, s.channel, s.merchant_no, base.account_key(s.bank_account) as bank_account, cast(s.net as decimal(18,2)) as amount, coalesce(s.expected_on, c.due) as due
        from base.settlements s left join a_contract_days c on c.settlement_id = s.settlement_id
        where s.net <> 0 and s.bank_account is not null and s.merchant_no is not null
    )
    where due is not null
    group by grouping sets ((channel, bank_account, due, merchant_no), (channel, bank_account, due))
    having count(*) > 1 and sum(amount) > 0 and (grouping(merchant_no) = 0 or count(distinct merchant_no) > 1)
), paired as (
    select d.bank_account, d.counterparty, d.day, s.channel, s.amount, count(*) over (partition by d.bank_line_id) as of_line, count(*) over (partition by s.settlement_id, s.amount) as of_payout
    from unknown d join bills s on s.bank_account = d.bank_account and s.amount = d.amount and d.day between s.last_day and s.latest
), batches as (
    select channel, merchant, cutoff, rule, fees, arrives, true as merged, run_net(fees, sum(gross), sum(taken), sum(handed_on)) as net
    from a_run_nets group by channel, merchant, cutoff, rule, fees, arrives
    union all
    select channel, merchant, cutoff, rule, fees, arrives, false, net from a_run_nets
), readings as (
    select d.bank_account, d.counterparty, b.channel, b.merchant, count(distinct d.amount) as times, min(d.day) as first, max(d.day) as last
    from batches b
    join a_runners r on r.channel = b.channel and r.merchant = b.merchant
    join unknown d on d.bank_account = r.bank_account and d.amount = b.net and d.day between b.arrives and b.arrives + 2
    where b.net > 0
    group by d.bank_account, d.counterparty, b.channel, b.merchant, b.cutoff, b.rule, b.fees, b.merged having count(distinct d.amount) >= 9
), told as (
    select bank_account, counterparty, channel, count(distinct amount) as times, min(day) as first, max(day) as last
    from paired where of_line = 1 and of_payout = 1 group by bank_account, counterparty, channel having count(distinct amount) >= 5
    union all
    select bank_account, counterparty, channel, max(times), min(first), max(last) from readings group by bank_account, counterparty, channel, merchant
), together as (
    select bank_account, counterparty, list(distinct channel) as channels, sum(times) as times, min(first) as first, max(last) as last
    from told group by bank_account, counterparty
)
select bank_account, counterparty, list_sort(channels) as channels
from together t
where times * 5 >= 4 * (select count(*) from unknown d where d.bank_account = t.bank_account and d.counterparty = t.counterparty and d.day between t.first and t.last);
update a_deposits d set payer = l.channels[1], payers = l.channels
from a_learned_payers l where l.bank_account = d.bank_account and l.counterparty = d.counterparty;
drop table a_learned_payers;
