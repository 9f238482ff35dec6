-- Which merchant numbers keep a ledger in the book, and what it says about each of their payments.
create or replace temp table r_ledgers_named as
select distinct w.channel, base.merchant_key(coalesce(w.merchant_no, f.merchant_no)) as merchant
from r_ledger_numbers w left join base.wallet_file_accounts f on f.file_id = w.file_id and f.channel = w.channel
where coalesce(w.merchant_no, f.merchant_no) is not null
union select distinct channel, merchant from r_ledger_days;
create or replace temp table r_ledgers as
from r_ledgers_named
union select distinct b.channel, b.merchant from r_booked b where b.payment_id in (select payment_id from r_attached)
union select split_part(key, chr(31), 1), nullif(split_part(key, chr(31), 2), '') from r_before where kind = 'ledger';
insert into r_facts select 'ledger', concat_ws(chr(31), channel, coalesce(merchant, '')), 0, 0 from r_ledgers;

-- Per payment: what the ledger booked beside what the trade bill says. The ledger may book net in one line.
create or replace temp table r_booking as
with sums as (
    select payment_id, sum(amount) filter (where not charge) as gross, sum(amount) filter (where charge) as charged, sum(amount) as net,
           count(*) as lines, count(*) filter (where not charge) as main_lines, min(wallet_line_id) as first_line, max(wallet_line_id) as last_line
    from r_attached group by payment_id
)
select b.payment_id, b.channel, b.merchant, b.store, b.day, b.occurred_at, b.amount, b.fee, b.file_id,
       coalesce(s.gross, 0) as gross, coalesce(s.charged, 0) as charged, coalesce(s.lines, 0) as lines, coalesce(s.main_lines, 0) as main_lines,
       s.first_line, s.last_line,
       cast(round(b.amount - b.fee, 2) as decimal(18,2)) as expected_net,
       coalesce(s.net, 0) = cast(round(b.amount - b.fee, 2) as decimal(18,2)) as agrees
from r_booked b
join r_ledgers k on k.channel = b.channel and k.merchant is not distinct from b.merchant
left join sums s on s.payment_id = b.payment_id;

-- Identity of a match: the payment and its lines. Up to two lines are named by first and last; more are listed.
create or replace temp table r_long as
select payment_id, string_agg(cast(wallet_line_id as varchar), ' ' order by wallet_line_id) as lines
from r_attached where payment_id in (select payment_id from r_booking where lines > 2) group by payment_id;
create or replace temp table r_ledger_matches as
select md5(concat_ws(chr(31), 'payment_wallet', b.payment_id, coalesce(l.lines, concat_ws(' ', b.first_line, nullif(b.last_line, b.first_line)))))::uuid as match_id,
       b.payment_id, b.amount - b.fee as net, b.agrees
from r_booking b left join r_long l on l.payment_id = b.payment_id
where b.lines > 0;
delete from r_attached where payment_id in (select payment_id from r_ledger_matches where match_id in (select match_id from r_rejected));
delete from r_ledger_matches where match_id in (select match_id from r_rejected);

create or replace temp view r_matches_ledger as
select match_id, 'payment_wallet' as kind, 'confirmed' as state, 'ledger_number' as stage, 1 as solutions,
       '{"key":"ledger_number"}'::json as explanation
from r_ledger_matches;
create or replace temp view r_members_ledger as
select match_id, 'inner' as side, 'payment' as record_type, payment_id as record_id, net as amount from r_ledger_matches
union all
select m.match_id, 'outer', 'wallet_line', a.wallet_line_id, a.amount
from r_ledger_matches m join r_attached a on a.payment_id = m.payment_id;
