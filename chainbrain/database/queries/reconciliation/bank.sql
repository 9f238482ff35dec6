-- The bank leg, first half: what should arrive (withdrawals and payouts), what did, and which lines name which. Payouts that
-- follow each other at one merchant are numbered; one with nothing to pay is carried into the next. Learned payouts whose
-- days are not all there (whole false) may be part of anything.
create or replace temp table r_expected as
with banks as (
    select channel, merchant, min(bank_account) as bank_account
    from r_contracts where bank_account is not null group by channel, merchant having count(distinct bank_account) = 1
)
select l.wallet_line_id as record_id, 'wallet_line' as record_type, l.channel, l.merchant, b.bank_account, -l.amount as amount,
       cast(l.occurred_at as date) as day, d.day as expected_on, l.file_id, null::bigint as turn, true as whole, null::date as sold_on
from r_lines l
left join banks b on b.channel = l.channel and b.merchant = l.merchant
left join a_days t on t.day = cast(l.occurred_at as date)
left join a_days d on d.works and d.work_no = t.work_no + case when t.works then 0 else 1 end
where l.kind = 'withdrawal' and l.amount < 0
union all
select s.settlement_id, 'settlement', s.channel, base.merchant_key(s.merchant_no), base.account_key(s.bank_account), cast(s.net as decimal(18,2)),
       -- what only the contract tells the day of may come before
       case when r.settlement_id is not null or b.pays_on is not null then coalesce(s.expected_on, s.last_day) else s.last_day end, s.expected_on, s.file_id,
       case when r.settlement_id is not null then row_number() over (partition by s.channel, r.merchant order by s.last_day) end,
       coalesce(r.complete, true), r.last_day
from base.settlements s
left join a_run_settlements r on r.settlement_id = s.settlement_id
left join (select settlement_id, min(pays_on) as pays_on from a_rows group by settlement_id) b on b.settlement_id = s.settlement_id
-- one with something to pay back comes with a later one; a bill of several shops counts only where a person put it into a group
where s.net > 0 or s.net < 0 and s.merchant_no is not null or r.settlement_id is not null or s.settlement_id in (select record_id from base.members_by_hand where verdict in ('match', 'by_hand'));

-- Numbers that name an expectation. A batch number names one; a merchant number names all of its merchant.
create or replace temp table r_expected_numbers as
with numbers as (
    select e.record_id, unnest(list_distinct([w.external_id, w.business_id])) as number, true as batch
    from r_expected e join base.wallet_lines w on w.wallet_line_id = e.record_id where e.record_type = 'wallet_line'
    union
    -- a bill that is numbered by the account it pays into names all payouts of that account
    select r.settlement_id, r.external_id, r.external_id is distinct from r.payout_account from a_rows r where r.external_id is not null
    union
    select r.settlement_id, unnest(list_distinct([r.merchant_no, r.payout_account])), false from a_rows r
    union
    select record_id, merchant, false from r_expected where merchant is not null
), counted as (
    select *, count(*) over (partition by number) as named
    from (select record_id, number, bool_or(batch) as batch from numbers where length(number) >= 5 group by record_id, number)
)
select n.record_id, n.number, n.batch and n.named = 1 and length(n.number) >= 8 as batch
from counted n where n.record_id in (select record_id from r_expected);

-- A merchant number names a payout of every day: only those around the deposit matter, unless more is known of it.
create or replace temp table r_reach as
select e.record_id, e.day, e.bank_account, z.day as last_day
from r_expected e left join a_days a on a.day = e.day left join a_days z on z.work_no = a.work_no + 4 and z.works;
create or replace temp table r_named as
select n.bank_line_id, e.record_id, bool_or(e.batch) as batch
from a_deposit_numbers n
join r_expected_numbers e on e.number = n.number
join r_reach x on x.record_id = e.record_id
join a_deposits d on d.bank_line_id = n.bank_line_id
where e.batch or x.bank_account is null or d.day between x.day and x.last_day
group by n.bank_line_id, e.record_id;

-- All pairs that could be one movement of money: same account, posted on or up to four working days after the day, and
-- either the amount is exact or the memo names the expectation.
create or replace temp table r_bank_pairs as
with close as (
    select d.bank_line_id, e.record_id from r_expected e join a_deposits d on d.bank_account = e.bank_account and d.amount = e.amount
    union
    select n.bank_line_id, n.record_id from r_named n
)
select d.bank_line_id, e.record_id, e.record_type, e.channel, e.bank_account, e.amount as expected, d.amount, d.day as posted, e.day, e.expected_on,
       d.amount = e.amount as exact, coalesce(n.batch, false) as by_batch, n.record_id is not null as by_merchant,
       n.record_id is not null and (d.bank_line_id, e.day) in (select bank_line_id, day from a_deposit_dates)
       or n.record_id is not null and (d.bank_line_id, e.expected_on) in (select bank_line_id, day from a_deposit_dates) as by_day,
       n.record_id is not null and coalesce((d.bank_line_id, e.sold_on) in (select bank_line_id, day from a_deposit_dates), false) as by_sales_day,
       coalesce(list_contains(d.payers, e.channel), false) as by_payer, d.payer is null and d.counterparty = '' as payer_unknown
from close c
join r_expected e on e.record_id = c.record_id
join a_deposits d on d.bank_line_id = c.bank_line_id and d.bank_account = e.bank_account
join a_days a on a.day = e.day
join a_days z on z.work_no = a.work_no + 4 and z.works
left join r_named n on n.bank_line_id = c.bank_line_id and n.record_id = c.record_id
where e.amount > 0 and d.day >= e.day and d.day <= z.day and (d.payer is null or list_contains(d.payers, e.channel));
-- A batch number holds over any distance; where no contract names the bank account, merchant, day and amount together do.
-- Laid down first, so that deposits are looked up by their line and not by their day.
create or replace temp table r_named_far as
select n.bank_line_id, n.batch, e.*, (n.bank_line_id, e.day) in (select bank_line_id, day from a_deposit_dates)
       or (n.bank_line_id, e.expected_on) in (select bank_line_id, day from a_deposit_dates) as by_day
from r_named n join r_expected e on e.record_id = n.record_id
where e.amount > 0 and (n.bank_line_id, n.record_id) not in (select bank_line_id, record_id from r_bank_pairs);
insert into r_bank_pairs
select d.bank_line_id, n.record_id, n.record_type, n.channel, d.bank_account, n.amount, d.amount, d.day, n.day, n.expected_on,
       d.amount = n.amount, n.batch, true, n.batch or n.by_day, false, coalesce(list_contains(d.payers, n.channel), false), false
from r_named_far n join a_deposits d on d.bank_line_id = n.bank_line_id
where d.day >= n.day - 1 and (d.payer is null or list_contains(d.payers, n.channel))
  and case when n.bank_account is null then n.batch or (n.by_day and d.amount = n.amount) else n.batch and n.bank_account = d.bank_account end;
delete from r_bank_pairs
where md5(concat_ws(chr(31), 'settlement_bank', record_id, bank_line_id))::uuid in (select match_id from r_rejected);
-- Nor are the halves of a group that was turned down put together again with a gap.
create or replace temp table r_turned_down as
select distinct i.record_id, o.record_id as bank_line_id
from r_rejected r
join base.match_members i on i.match_id = r.match_id and i.side = 'inner'
join base.match_members o on o.match_id = r.match_id and o.record_type = 'bank_line';
delete from r_bank_pairs where not exact and (record_id, bank_line_id) in (select record_id, bank_line_id from r_turned_down);

-- A memo that names another merchant (and not this one) speaks against the pair.
create or replace temp table r_merchant_numbers as
select distinct channel, merchant as number from r_merchants where merchant is not null;
delete from r_bank_pairs p
where not p.by_merchant and exists (
    select 1 from a_deposit_numbers n join r_merchant_numbers m on m.number = n.number and m.channel = p.channel
    where n.bank_line_id = p.bank_line_id
);

-- A memo that names none may misspell one: a number that nobody has and that is one slip away from those of some merchants.
create or replace temp table r_misspelt as
with slips as (
    select n.bank_line_id, n.number from a_deposit_numbers n
    where length(n.number) >= 8 and n.bank_line_id not in (select o.bank_line_id from a_deposit_numbers o join r_merchant_numbers m on m.number = o.number)
), near as (
    select s.bank_line_id, s.number, m.channel, m.number as merchant from slips s join r_merchant_numbers m on left(m.number, 5) = left(s.number, 5)
    union
    select s.bank_line_id, s.number, m.channel, m.number from slips s join r_merchant_numbers m on right(m.number, 5) = right(s.number, 5)
)
select distinct bank_line_id, channel, merchant from near where damerau_levenshtein(number, merchant) = 1;

-- What belongs together so far: a pair each, and one row per payout where a deposit brings several.
create or replace temp table r_arrived (
    match_id uuid, bank_line_id uuid, record_id uuid, stage varchar, rivals bigint, deposits bigint, spread bigint, days integer
);
-- How far the amounts of one account and channel spread, in fen; a lone amount spreads over a tenth of itself.
create or replace temp table r_spread as
select bank_account, channel, cast(greatest((max(amount) - min(amount)) * 100, max(amount) * 10, 1) as bigint) as spread
from r_expected where bank_account is not null and (amount > 0 or turn is not null) group by bank_account, channel;
