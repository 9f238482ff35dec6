-- What the book says of the banks, where it holds: only payments of learned payouts ask for it (run_states.sql). Nothing is written anew.
create or replace temp table r_arrived as
select m.match_id, i.record_id
from base.matches m join base.match_members i on i.match_id = m.match_id and i.side = 'inner'
where m.kind = 'settlement_bank' and m.state = 'confirmed' and exists (from a_run_paid);
create or replace temp table r_bank_matches as
select match_id, sum(amount) filter (where side = 'outer') as amount, sum(amount) filter (where side = 'inner') as expected
from base.match_members where match_id in (select match_id from r_arrived) group by match_id;
create or replace temp view r_states_expected as
select record_type, record_id, leg, file_id, state, match_id, reason, due_on from base.row_states where false;
create or replace temp view r_states_bank_lines as from r_states_expected;
-- Tables, as bank_states.sql has them: a run that is not sure begins again with everything.
create or replace temp table r_matches_bank as
select match_id, kind, state, stage, solutions, explanation from base.matches where false;
create or replace temp table r_members_bank as
select match_id, side, record_type, record_id, amount from base.match_members where false;
