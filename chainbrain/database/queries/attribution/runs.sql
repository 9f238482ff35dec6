-- Merchants whose money goes to the bank without any file that says so: no withdrawals in a ledger, no bills. Their
-- settlement days are worked out from the payments, under every reading that could be (cut-off, fees, arrival).
create or replace temp table a_runners as
with contracts as (
    select channel, base.merchant_key(merchant_no) as merchant, base.account_key(bank_account) as bank_account, settlement_rule as rule,
           settlement_cutoff as cutoff
    from main.merchant_accounts where bank_account is not null
), drawn as (
    select distinct w.channel, base.merchant_key(coalesce(w.merchant_no, f.merchant_no)) as merchant
    from base.wallet_lines w left join base.wallet_file_accounts f on f.file_id = w.file_id and f.channel = w.channel where w.kind = 'withdrawal'
), billed as (
    select distinct channel, base.merchant_key(merchant_no) as merchant from base.settlement_rows
)
select channel, merchant, min(bank_account) as bank_account, list(distinct rule) filter (where rule is not null) as rules,
       list(distinct (hour(cutoff) * 60 + minute(cutoff)) % 1440) filter (where cutoff is not null) as cutoffs
from contracts
where channel not in (select distinct channel from base.coverage where kind = 'platform')
  and (channel, merchant) not in (from drawn) and (channel, merchant) not in (from billed)
  and bank_account in (select bank_account from a_deposits)
group by channel, merchant having count(distinct bank_account) = 1;

-- What a person said of them.
create or replace temp table a_run_words as
select w.channel, w.merchant, w.rule, w.cutoff, w.fees, w.merged
from base.standing_habit_words w join a_runners r on r.channel = w.channel and r.merchant = w.merchant;

-- Their payments, to the minute around the cut-offs that occur or are stated and to the hour elsewhere. What an acquirer hands straight
-- to other receivers never reaches the account.
create or replace temp table a_run_payments as
with handed_on as (
    select channel, payment_external_id as external_id, sum(amount) as amount
    from base.split_lines where status = 'success' and payment_external_id is not null group by all
), stated as (
    select (c + 1440) % 1440 // 60 as hour from (select unnest(cutoffs) as c from a_runners union all select cutoff from a_run_words where cutoff is not null)
)
select p.payment_id, r.channel, r.merchant, cast(p.occurred_at as date) as day,
       case when hour(p.occurred_at) < 6 or hour(p.occurred_at) >= 21 or hour(p.occurred_at) in (from stated) then hour(p.occurred_at) * 60 + minute(p.occurred_at) else hour(p.occurred_at) * 60 end as minute,
       p.amount, p.fee, case when p.kind = 'payment' then coalesce(h.amount, 0) else 0 end as handed_on, p.cancelled, p.bill_day
from base.payments p
left join base.wallet_file_accounts f on f.file_id = p.file_id and f.channel = p.channel
join a_runners r on r.channel = p.channel and r.merchant = base.merchant_key(coalesce(p.merchant_no, f.merchant_no))
left join handed_on h on h.channel = p.channel and h.external_id = p.external_id;
delete from a_runners where (channel, merchant) in (select channel, merchant from a_run_payments where bill_day is not null);

create or replace temp table a_cutoffs as
select channel, merchant, unnest(range(-120, 301, 15)) as cutoff, false as stated from a_runners
union
select channel, merchant, case when c >= 720 then c - 1440 else c end, true from (select channel, merchant, unnest(cutoffs) as c from a_runners)
union
select channel, merchant, cutoff, false from a_run_words where cutoff is not null;
delete from a_cutoffs a where not stated and exists (
    select 1 from a_cutoffs s where s.stated and s.channel = a.channel and s.merchant = a.merchant and s.cutoff = a.cutoff
);

create or replace temp table a_run_days as
with minutes as (
    select channel, merchant, day, minute, sum(amount) as gross, sum(fee) as fee, sum(handed_on) as handed_on, count(*) as items
    from a_run_payments where not cancelled group by all
)
select c.channel, c.merchant, c.cutoff, c.stated,
       m.day + case when c.cutoff < 0 and m.minute >= 1440 + c.cutoff then 1 when c.cutoff > 0 and m.minute < c.cutoff then -1 else 0 end as day,
       sum(m.gross) as gross, sum(m.fee) as fee, sum(m.handed_on) as handed_on, sum(m.items) as items
from a_cutoffs c join minutes m on m.channel = c.channel and m.merchant = c.merchant
group by all;

-- The rate by contract, where each day has one; a contract may give way to another within the book.
create or replace temp table a_run_rates as
select a.channel, base.merchant_key(a.merchant_no) as merchant, coalesce(a.valid_from, date '1900-01-01') as since,
       coalesce(a.valid_to, date '9999-12-31') as until, min(a.fee_rate) as rate
from main.merchant_accounts a
join a_runners r on r.channel = a.channel and r.merchant = base.merchant_key(a.merchant_no)
where a.bank_account is not null and a.fee_rate is not null
group by all having count(distinct a.fee_rate) = 1;
delete from a_run_rates r
where exists (
    select 1 from a_run_rates o
    where o.channel = r.channel and o.merchant = r.merchant and o.rate <> r.rate and o.since < r.until and r.since < o.until
);

-- What comes of a payout: a fee that is billed per payment may carry parts of a fen, then what is left is rounded.
create or replace temp macro run_net(fees, gross, taken, handed_on) as
    cast(case fees when 'batch' then gross - round(taken, 2) - handed_on else round(gross - taken - handed_on, 2) end as decimal(18,2));

-- What each settlement day would bring and when, per reading of fees and rule. Fees: as billed per payment, the rate on the
-- sum, or charged apart. taken is not rounded yet: a deposit of several days is rounded once.
create or replace temp table a_run_nets as
with rules as (
    select channel, merchant, unnest(case when len(rules) > 0 then rules else ['D1', 'T1', 'D0'] end) as rule from a_runners
    union
    select channel, merchant, rule from a_run_words where rule is not null
), known as (
    select channel, merchant, rule, left(rule, 1) as unit, cast(substr(rule, 2) as integer) as days from rules where regexp_matches(rule, '^[DT][0-9]{1,2}$')
), rated as (
    select d.*, min(r.rate) as rate
    from a_run_days d
    left join a_run_rates r on r.channel = d.channel and r.merchant = d.merchant and d.day >= r.since and d.day < r.until
    group by all
), unrated as (
    select distinct channel, merchant from rated where rate is null
), nets as (
    select d.*, unnest([
               {'fees': 'item', 'taken': cast(d.fee as decimal(18,8))},
               {'fees': 'batch', 'taken': cast(d.gross * d.rate as decimal(18,8))},
               {'fees': 'later', 'taken': cast(0 as decimal(18,8))}
           ]) as way
    from rated d
)
select n.channel, n.merchant, n.cutoff, n.stated, k.rule, n.way.fees as fees, n.day, n.gross, n.way.taken as taken, n.handed_on, n.items,
       run_net(n.way.fees, n.gross, n.way.taken, n.handed_on) as net,
       case k.unit when 'D' then n.day + k.days else z.day end as arrives
from nets n
join known k on k.channel = n.channel and k.merchant = n.merchant
left join a_days a on k.unit = 'T' and a.day = n.day
left join a_days z on z.works and z.work_no = a.work_no + k.days
where n.way.taken is not null and (n.way.fees <> 'batch' or (n.channel, n.merchant) not in (from unrated));
