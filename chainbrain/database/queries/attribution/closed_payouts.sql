-- Payouts of closed months stay as they were locked: their payments are theirs, and what else was derived for these payments is less.
create or replace temp table a_moved as
select k.payment_id, k.settlement_id, coalesce(p.settlement_id, r.settlement_id) as derived
from base.closed_paid k
left join a_paid p on p.payment_id = k.payment_id
left join a_run_paid r on r.payment_id = k.payment_id
where coalesce(p.settlement_id, r.settlement_id) is distinct from k.settlement_id;

create or replace temp table a_lessened as
with taken as (
    select m.derived as settlement_id, sum(p.amount) filter (where not p.cancelled) as gross, sum(p.fee) filter (where not p.cancelled) as fee, count(*) as payments
    from a_moved m join base.payments p on p.payment_id = m.payment_id where m.derived is not null group by m.derived
), had as (
    select settlement_id, count(*) as payments
    from (select settlement_id from a_paid union all select settlement_id from a_run_paid) group by settlement_id
)
select t.settlement_id, coalesce(t.gross, 0) as gross, coalesce(t.fee, 0) as fee, t.payments = h.payments as gone from taken t join had h on h.settlement_id = t.settlement_id;

delete from a_run_paid where payment_id in (select payment_id from a_moved);
-- a late payment of the same days is in no deposit that the closed month knew
delete from a_run_paid where settlement_id in (select settlement_id from base.closed_payouts) and payment_id not in (select payment_id from base.closed_paid);
delete from a_paid where payment_id in (select payment_id from a_moved);
insert into a_run_paid
select m.payment_id, m.settlement_id, p.cancelled
from a_moved m join base.payments p on p.payment_id = m.payment_id
join base.closed_payouts k on k.settlement_id = m.settlement_id and k.external_id is null and k.payout_account is null;
insert into a_paid
select m.payment_id, m.settlement_id, null from a_moved m
join base.closed_payouts k on k.settlement_id = m.settlement_id and not (k.external_id is null and k.payout_account is null);

delete from base.settlements
where settlement_id in (select settlement_id from a_lessened where gone) or settlement_id in (select settlement_id from base.closed_payouts);
update base.settlements s set gross = s.gross - l.gross, fee = s.fee - l.fee, net = s.net - l.gross + l.fee from a_lessened l where l.settlement_id = s.settlement_id;
insert into base.settlements by name from base.closed_payouts;

create or replace temp table a_kept_runs as
select settlement_id, channel, base.merchant_key(merchant_no) as merchant, coalesce(expected_on, last_day) as batch, first_day, last_day, gross, fee, net, expected_on
from base.closed_payouts where external_id is null and payout_account is null;
delete from a_run_settlements
where settlement_id in (select settlement_id from a_lessened where gone) or settlement_id in (select settlement_id from a_kept_runs);
update a_run_settlements s set gross = s.gross - l.gross, fee = s.fee - l.fee, net = s.net - l.gross + l.fee from a_lessened l where l.settlement_id = s.settlement_id;
insert into a_run_settlements by name select *, true as complete from a_kept_runs;
drop table a_moved; drop table a_lessened; drop table a_kept_runs;
