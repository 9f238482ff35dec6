-- Which reading the deposits agree with, to the cent and on time. A deposit whose memo names the merchant counts three
-- times; one that names another merchant of the channel not at all.
create or replace temp table a_run_payers as
with numbers as (
    select distinct channel, merchant from a_runners
    union
    select distinct channel, base.merchant_key(merchant_no) from base.payments where merchant_no is not null
), named as (
    select n.bank_line_id, m.channel, list(m.merchant) as merchants from a_deposit_numbers n join numbers m on m.merchant = n.number group by all
)
select r.channel, r.merchant, d.bank_line_id, d.amount, d.day, coalesce(list_contains(n.merchants, r.merchant), false) as named
from a_runners r
join a_deposits d on d.bank_account = r.bank_account
left join named n on n.bank_line_id = d.bank_line_id and n.channel = r.channel
where list_contains(n.merchants, r.merchant) or (n.merchants is null and coalesce(list_contains(d.payers, r.channel), d.counterparty = ''));

create or replace temp table a_run_votes as
with batches as (
    select channel, merchant, cutoff, stated, rule, fees, arrives, true as merged, sum(net) as net
    from a_run_nets group by all
    union all
    select channel, merchant, cutoff, stated, rule, fees, arrives, false, net from a_run_nets
)
select b.channel, b.merchant, b.cutoff, b.stated, b.rule, b.fees, b.merged, count(distinct d.bank_line_id) as votes,
       count(distinct d.bank_line_id) filter (where d.named) as named, sum(distinct hash(d.bank_line_id)) as which
from batches b
join a_run_payers d on d.channel = b.channel and d.merchant = b.merchant and d.amount = b.net and d.day between b.arrives and b.arrives + 2
group by all;

-- Merchants of whom no reading agrees often enough may be paid out only now and then (a minimum payout): several settlement
-- days that follow each other, as one deposit.
insert into a_run_votes
with quiet as (
    select channel, merchant from a_runners
    where (channel, merchant) not in (select channel, merchant from a_run_votes where votes + 2 * named >= 9)
), days as (
    select n.*, row_number() over way as turn, sum(net) over way as running
    from a_run_nets n join quiet using (channel, merchant)
    window way as (partition by n.channel, n.merchant, n.cutoff, n.rule, n.fees order by n.day)
)
select b.channel, b.merchant, b.cutoff, b.stated, b.rule, b.fees, true, count(distinct d.bank_line_id),
       count(distinct d.bank_line_id) filter (where d.named), sum(distinct hash(d.bank_line_id))
from days b
join days a on a.channel = b.channel and a.merchant = b.merchant and a.cutoff = b.cutoff and a.rule = b.rule and a.fees = b.fees
 and a.turn between b.turn - 20 and b.turn
join a_run_payers d on d.channel = b.channel and d.merchant = b.merchant and d.amount = b.running - a.running + a.net
 and d.day between b.arrives and b.arrives + 2
group by all;

delete from base.payout_habits;
insert into base.payout_habits
with ranked as (
    select *, votes + 2 * named as weight, row_number() over (
               partition by channel, merchant
               order by votes + 2 * named desc, stated desc, abs(cutoff), cutoff, array_position(['item', 'batch', 'later'], fees), merged desc, rule
           ) as rank
    from a_run_votes
)
select b.channel, b.merchant, r.bank_account, b.rule, b.cutoff, b.fees, b.merged, b.votes, b.named, coalesce(max(o.votes), 0), first(o.cutoff order by o.weight desc)
from ranked b
join a_runners r on r.channel = b.channel and r.merchant = b.merchant
-- the best reading that other deposits speak for
left join ranked o on o.channel = b.channel and o.merchant = b.merchant and o.rank > 1 and o.which <> b.which
where b.rank = 1 and b.weight >= 3
group by all;
