-- Nothing was ever split and nobody agreed to: no row of this leg.
create or replace temp view r_states_splits as
select record_type, record_id, leg, file_id, state, match_id, reason, due_on from base.row_states where false;
create or replace temp view r_matches_splits as select match_id, kind, state, stage, solutions, explanation from base.matches where false;
create or replace temp view r_members_splits as select match_id, side, record_type, record_id, amount from base.match_members where false;
