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
    select channel, merchant, cutoff, stated, rule, fees, arrives, true as merged, run_net(fees, sum(gross), sum(taken), sum(handed_on)) as net
    from a_run_nets group by channel, merchant, cutoff, stated, rule, fees, arrives
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

-- The readings in their order, each once. A person's word narrows them down: what it leaves open is learned from the
-- readings that it allows; where no deposit agrees with any of these, from all of them, and at last from the contract.
create or replace temp table a_run_readings as
with once as (
    select channel, merchant, rule, cutoff, fees, merged, bool_or(stated) as stated, max_by(struct_pack(votes, named, which), votes + 2 * named) as best
    from a_run_votes group by all
), seen as (
    select o.* exclude (best), o.best.votes as votes, o.best.named as named, o.best.which as which, o.best.votes + 2 * o.best.named as weight,
           (w.rule is null or w.rule = o.rule) and (w.cutoff is null or w.cutoff = o.cutoff) and (w.fees is null or w.fees = o.fees)
           and (w.merged is null or w.merged = o.merged) as allowed
    from once o left join a_run_words w on w.channel = o.channel and w.merchant = o.merchant
)
select *, row_number() over (
           partition by channel, merchant
           order by weight desc, stated desc, abs(cutoff), cutoff, array_position(['item', 'batch', 'later'], fees), merged desc, rule
       ) as rank
from seen;

-- So many readings are tried that one deposit may agree with one of them by chance. One that stands alone is believed only
-- where it names the merchant, the day ends at midnight or as the contract says, and no other deposit names the merchant.
-- Nor is one that most of the deposits speak against that name the merchant when it would pay something out: who draws the
-- money by hand meets a whole day now and then. Six that agree and name it, or ten in all, are no chance.
create or replace temp table a_run_chosen as
with alone as (
    select channel, merchant from a_run_payers where named group by all having count(*) = 1
), best as (
    select channel, merchant, rule, cutoff, fees, merged, votes, named from a_run_readings
    where allowed and weight >= 3 and (votes >= 2 or ((stated or cutoff = 0) and (channel, merchant) in (from alone)))
    qualify row_number() over (partition by channel, merchant order by rank) = 1
), asked as (
    select b.channel, b.merchant, count(distinct d.bank_line_id) as deposits
    from best b
    join (select channel, merchant, bank_line_id, day - cast(unnest(range(3)) as integer) as due from a_run_payers where named) d using (channel, merchant)
    join a_run_nets n on n.channel = b.channel and n.merchant = b.merchant and n.cutoff = b.cutoff and n.rule = b.rule and n.fees = b.fees and n.arrives = d.due
    group by all
), agreed as (
    select b.channel, b.merchant, b.rule, b.cutoff, b.fees, b.merged
    from best b left join asked a on a.channel = b.channel and a.merchant = b.merchant
    where b.named >= 6 or b.votes >= 10 or b.named * 2 > coalesce(a.deposits, 0) or coalesce(a.deposits, 0) = 0 or (b.channel, b.merchant) in (select channel, merchant from a_run_words)
), said as (
    select w.channel, w.merchant, coalesce(w.rule, l.rule, case when len(r.rules) = 1 then r.rules[1] end) as rule,
           coalesce(w.cutoff, l.cutoff, case when len(c.cutoffs) = 1 then c.cutoffs[1] end, 0) as cutoff,
           coalesce(w.fees, l.fees, 'item') as fees, coalesce(w.merged, l.merged, true) as merged
    from a_run_words w
    join a_runners r on r.channel = w.channel and r.merchant = w.merchant
    left join a_run_readings l on l.channel = w.channel and l.merchant = w.merchant and l.rank = 1 and l.weight >= 3
    left join (
        select channel, merchant, list(cutoff) as cutoffs from a_cutoffs where stated group by all
    ) c on c.channel = w.channel and c.merchant = w.merchant
    where (w.channel, w.merchant) not in (select channel, merchant from agreed)
)
from agreed union all by name from said where (channel, merchant, rule, cutoff, fees) in (select channel, merchant, rule, cutoff, fees from a_run_nets);

delete from base.payout_habits;
insert into base.payout_habits by name
select c.channel, c.merchant, r.bank_account, c.rule, c.cutoff, c.fees, c.merged, coalesce(b.votes, 0) as votes, coalesce(b.named, 0) as named,
       coalesce(first(o.votes order by o.rank), 0) as next_votes, first(o.cutoff order by o.rank) as next_cutoff, first(o.rule order by o.rank) as next_rule,
       first(o.fees order by o.rank) as next_fees
from a_run_chosen c
join a_runners r on r.channel = c.channel and r.merchant = c.merchant
left join a_run_readings b on b.channel = c.channel and b.merchant = c.merchant and b.rule = c.rule and b.cutoff = c.cutoff and b.fees = c.fees
 and b.merged = c.merged
-- the best reading that other deposits speak for
left join a_run_readings o on o.channel = c.channel and o.merchant = c.merchant and o.which is distinct from b.which
group by all;

delete from base.straight_merchants;
insert into base.straight_merchants select channel, merchant, bank_account from a_runners;
