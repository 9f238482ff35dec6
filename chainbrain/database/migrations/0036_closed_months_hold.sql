-- What one side of a bank account had and the other had not when a closed month ended; positive: the book, negative: the bank.
create table base.month_bank_items (
    entry_id bigint not null, account varchar not null, day date not null, amount decimal(18,2) not null, flow varchar not null, record_type varchar not null,
    record_id varchar not null, channel varchar not null, payer varchar
);
create view main.month_open_items as
select c.month, c.version, o.* exclude (entry_id) from base.month_open_items o join base.month_closes c on c.entry_id = o.entry_id;

-- Confirmed matches of closed months: later reconciliations begin with them.
create view base.closed_matches as
select k.match_id, k.kind, k.stage, k.entry_id from base.month_matches k join base.standing_closes c on c.entry_id = k.entry_id;

-- The members of every match at the bank that a person made or accepted, or that a closed month keeps; those come before all others.
create or replace view base.members_by_hand as
with held as (
    select subject_id as match_id, decision_id, verdict, note from base.last_words where subject_type = 'match' and verdict in ('accept', 'match')
)
select h.match_id, h.decision_id, h.verdict, h.note, m.side, m.record_type, m.record_id
from held h join (select distinct match_id, side, record_type, record_id from base.decided_members) m on m.match_id = h.match_id
where h.verdict = 'match'
union all
select h.match_id, h.decision_id, h.verdict, h.note, m.side, m.record_type, m.record_id
from held h join base.match_members m on m.match_id = h.match_id join base.matches x on x.match_id = h.match_id
where h.verdict = 'accept' and x.kind = 'settlement_bank'
union all
select k.match_id, 0, k.stage, null, m.side, m.record_type, m.record_id
from base.closed_matches k join base.month_members m on m.match_id = k.match_id and m.entry_id = k.entry_id
where k.kind = 'settlement_bank' and k.match_id not in (select match_id from held);

-- A receipt that an aggregator's bill and the wallet's own bill both show is money once. Where one of the two was counted in a month
-- that is closed, the other one repeats it; otherwise it is on its way where it is paid out.
create or replace view base.receipts_seen_twice as
with bridges as (
    select i.record_id as seen_id, o.record_id as wallet_id
    from base.matches m
    join base.match_members i on i.match_id = m.match_id and i.side = 'inner'
    join base.match_members o on o.match_id = m.match_id and o.side = 'outer'
    where m.kind = 'payment_bridge' and m.state = 'confirmed'
), led as (
    -- by a ledger or a payout
    select i.record_id as payment_id
    from base.matches m join base.match_members i on i.match_id = m.match_id and i.side = 'inner'
    where m.kind = 'payment_wallet' and m.state = 'confirmed' and i.record_id in (select wallet_id from bridges union all select seen_id from bridges)
    union
    select payment_id from base.payment_links where settlement_id is not null
), counted as (
    select p.payment_id
    from base.payments p
    join base.month_files f on f.file_id = p.file_id
    join base.standing_closes c on c.entry_id = f.entry_id and cast(p.occurred_at as date) < c.month + interval 1 month
    where p.payment_id in (select wallet_id from bridges union all select seen_id from bridges)
)
select case
           when (seen_id in (from counted)) <> (wallet_id in (from counted)) then if(seen_id in (from counted), wallet_id, seen_id)
           when wallet_id in (from led) and seen_id not in (from led) then seen_id
           else wallet_id
       end as payment_id
from bridges;
