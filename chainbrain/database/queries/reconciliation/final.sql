-- All stages laid together; those of most rows are laid one by one below.
create or replace temp view r_states as
from r_states_unlinked union all by name from r_states_cash union all by name from r_states_stored_value
union all by name from r_states_vouchers union all by name from r_states_payouts union all by name from r_states_runs
union all by name from r_states_expected union all by name from r_states_bank_lines union all by name from r_states_splits;
create or replace temp view r_matches as
from r_matches_tenders union all by name from r_matches_bridges union all by name from r_matches_ledger union all by name from r_matches_payouts union all by name from r_matches_runs union all by name from r_matches_bank union all by name from r_matches_splits;
create or replace temp view r_members as
from r_members_tenders union all by name from r_members_bridges union all by name from r_members_ledger union all by name from r_members_payouts union all by name from r_members_runs union all by name from r_members_bank union all by name from r_members_splits;

-- Decisions, then the state of every row at every leg.
update r_differences d
set state = case x.verdict when 'explain' then 'explained' when 'exclude' then 'excluded' when 'timing' then 'timing' else 'open' end, note = coalesce(x.note, d.note)
from r_decisions x where x.subject_type = 'difference' and x.subject_id = d.difference_id and x.verdict in ('explain', 'exclude', 'timing', 'reopen');
update r_differences d set due_on = x.expected_on
from base.last_words x where x.subject_type = 'difference' and x.subject_id = d.difference_id and x.verdict = 'timing' and x.expected_on is not null;

-- How a difference lies on its rows: 3 difference, 2 timing, 0 excluded by a person.
create or replace temp table r_overlay as
select f.record_id, f.leg,
       max(case when d.state = 'excluded' then 0 when d.state = 'timing' or f.state = 'timing' then 2 else 3 end) as weight,
       min(d.cause) as cause, min(d.due_on) as due_on
from (select distinct * from r_flags) f join r_differences d on d.difference_id = f.difference_id
group by f.record_id, f.leg;

delete from base.row_states where in_scope(record_id) and not (bank_rests() and leg = 'bank');
delete from base.row_states where leg = 'bank' and not bank_rests();
delete from base.row_states where record_type = 'settlement' and record_id not in (select settlement_id from base.settlements);
create or replace temp macro laid(states_of) as table
select s.record_type, s.record_id, s.leg, s.file_id,
       case
           when o.weight is null then s.state
           when o.weight = 3 then 'difference'
           when o.weight = 2 then 'timing'
           when s.state = 'difference' then 'excluded'
           else s.state
       end as state,
       s.match_id,
       case when o.weight is null then s.reason when o.weight = 0 and s.state = 'difference' then 'decided' else coalesce(s.reason, o.cause) end as reason,
       coalesce(s.due_on, o.due_on) as due_on
from query_table(states_of) s left join r_overlay o on o.record_id = s.record_id and o.leg = s.leg;
-- The stages of most rows one by one: in one statement what all of them look up must be in memory at the same time.
insert into base.row_states by name from laid(r_states_linked);
insert into base.row_states by name from laid(r_states_payments);
insert into base.row_states by name from laid(r_states_booked);
insert into base.row_states by name from laid(r_states_lines);
insert into base.row_states by name from laid(r_states_paid);
insert into base.row_states by name from laid(r_states);

-- An order is as bad as its worst tender, and must add up itself. Of nearly all orders every tender is matched: only the
-- others are weighed.
create or replace temp table r_unlike_tenders as
with unlike as materialized (
    select distinct order_id from r_tenders where tender_id in (select record_id from base.row_states where record_type = 'tender' and (state <> 'matched' or due_on is not null))
)
select order_id, tender_id from r_tenders semi join unlike using (order_id);
create or replace temp table r_unlike_orders as
select t.order_id, max(case s.state when 'difference' then 3 when 'timing' then 2 when 'matched' then 1 else 0 end) as weight,
       min(s.due_on) as due_on, min(s.reason) filter (where s.state = 'timing') as late, min(s.reason) filter (where s.state = 'excluded') as left_out
from r_unlike_tenders t join base.row_states s on s.record_id = t.tender_id and s.record_type = 'tender'
group by t.order_id;
insert into base.row_states (record_type, record_id, leg, file_id, state, match_id, reason, due_on)
with own as (
    select c.*, case
               when c.state = 'difference' and d.state = 'excluded' then 0
               when c.state = 'difference' and d.state = 'timing' then 2
               else case c.state when 'difference' then 3 when 'timing' then 2 when 'matched' then 1 else 0 end
           end as own_weight
    from r_order_checks c
    left join r_differences d on d.record_id = c.order_id and d.record_type = 'order'
)
select 'order', o.order_id, 'till', o.file_id,
       case
           when o.state = 'excluded' then 'excluded'
           when greatest(o.own_weight, w.weight) = 3 then 'difference'
           when greatest(o.own_weight, w.weight) = 2 then 'timing'
           when w.weight = 0 then 'excluded'
           when o.own_weight = 0 and w.weight is null and o.tenders = 0 then 'excluded'
           else 'matched'
       end,
       null,
       case
           when o.state = 'excluded' then o.reason
           when greatest(o.own_weight, w.weight) = 3 then null
           when greatest(o.own_weight, w.weight) = 2 then coalesce(o.reason, w.late)
           when w.weight = 0 then w.left_out
       end,
       case when greatest(o.own_weight, w.weight) = 2 then coalesce(w.due_on, o.day + 1) end
from own o left join r_unlike_orders w on w.order_id = o.order_id;

delete from base.differences
where (in_scope(record_id) or record_type in ('bank_line', 'cash_count') or cause in ('bank_amount', 'not_arrived')
       or record_type = 'settlement' and record_id not in (select settlement_id from base.settlements))
  and not (bank_rests() and (record_type = 'bank_line' or coalesce(cause in ('bank_amount', 'not_arrived'), false)));
insert into base.differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, note, channel, cause)
select difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, note, channel, cause from r_differences;
