-- What a matcher without proof sees of deposits that name nothing: each beside every payout of its account and channel that
-- fits to the cent within four days, alone or as up to three that follow each other. The payouts are those that our own
-- habits gave: the hard part is done for it.
create schema if not exists reference;
create or replace table reference.silent as
select b.bank_line_id, base.account_key(b.bank_account) as bank_account, cast(b.posted_at as date) as day, b.amount,
       (select min(p.channel) from base.deposit_payers p where contains(b.counterparty, p.pattern)) as channel
from base.bank_lines b
where b.amount > 0 and b.bank_line_id in (from silent_lines);
create or replace table reference.payouts as
select s.settlement_id, s.channel, s.merchant_no, base.account_key(s.bank_account) as bank_account, s.expected_on, cast(s.net as decimal(18,2)) as amount,
       row_number() over (partition by s.channel, s.merchant_no order by s.expected_on, s.settlement_id) as turn
from base.settlements s where s.expected_on is not null;
create or replace table reference.candidates as
with runs as (
    select settlement_id, channel, bank_account, expected_on, [settlement_id] as records, amount from reference.payouts
    union all
    select b.settlement_id, b.channel, b.bank_account, b.expected_on, list(a.settlement_id order by a.turn), sum(a.amount)
    from reference.payouts b
    join (select unnest([2, 3]) as size) n on true
    join reference.payouts a on a.channel = b.channel and a.merchant_no = b.merchant_no and a.turn > b.turn - n.size and a.turn <= b.turn
    group by b.settlement_id, b.channel, b.bank_account, b.expected_on, n.size having count(*) = n.size
)
select d.bank_line_id, r.records, d.day - r.expected_on as late
from reference.silent d join runs r on r.bank_account = d.bank_account and r.channel = d.channel and r.amount = d.amount and d.day between r.expected_on and r.expected_on + 4
order by d.day, d.bank_line_id, len(r.records), late, r.settlement_id;
