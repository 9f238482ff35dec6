-- The payout leg of wallets that settle straight to the bank: a payment is in the payout that the learned habit gives once
-- the money of that payout is there to the cent; until then it waits.
create or replace temp table r_run_paid as
select p.payment_id, p.file_id, p.net, p.cancelled, a.settlement_id, s.expected_on, m.amount <> m.expected as differs,
       case when m.amount = m.expected and not p.cancelled then md5(concat_ws(chr(31), 'payment_settlement', p.payment_id, a.settlement_id))::uuid end as match_id
from (
    select r.payment_id, r.file_id, r.amount - r.fee as net, r.cancelled
    from r_payments r join base.payout_habits h on h.channel = r.channel and h.merchant = r.merchant
) p
left join a_run_paid a on a.payment_id = p.payment_id
left join a_run_settlements s on s.settlement_id = a.settlement_id
left join (select distinct record_id, match_id from r_arrived) x on x.record_id = a.settlement_id
left join r_bank_matches m on m.match_id = x.match_id;
update r_run_paid set match_id = null where match_id in (select match_id from r_rejected);

create or replace temp view r_matches_runs as
select match_id, 'payment_settlement' as kind, 'confirmed' as state, 'settlement_run' as stage, 1 as solutions, '{"key":"settlement_run"}'::json as explanation
from r_run_paid where match_id is not null;
create or replace temp view r_members_runs as
select match_id, 'inner' as side, 'payment' as record_type, payment_id as record_id, net as amount from r_run_paid where match_id is not null
union all
select match_id, 'outer', 'settlement', settlement_id, net from r_run_paid where match_id is not null;
create or replace temp view r_states_runs as
select 'payment' as record_type, payment_id as record_id, 'payout' as leg, file_id,
       case when cancelled then 'excluded' when match_id is not null then 'matched' else 'timing' end as state, match_id,
       case when cancelled then 'cancelled' when match_id is not null then null when differs then 'payout_differs' else 'waiting_for_payout' end as reason,
       case when not cancelled and match_id is null then expected_on end as due_on
from r_run_paid;
