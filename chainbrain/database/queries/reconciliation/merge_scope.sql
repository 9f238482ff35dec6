-- As merge.sql, for the matches that rows in scope are part of, and all of the bank unless it rests. What was found is looked up once.
create or replace temp table r_matches_now as from r_matches;
create or replace temp table r_matches_known as select match_id from base.matches semi join r_matches_now using (match_id);
create or replace temp table r_matches_before as
select match_id from base.matches where state <> 'revoked' and kind = 'settlement_bank' and not bank_rests()
union
select match_id from r_matched_before
union
-- parts that were brought in since
select match_id from base.match_members where record_type = 'split_part' and in_scope(record_id);
update base.matches set state = 'revoked'
where state <> 'revoked' and match_id in (select match_id from r_matches_before anti join r_matches_now using (match_id))
  and not (bank_rests() and kind = 'settlement_bank');
update base.matches m
set state = r.state, stage = r.stage, solutions = r.solutions, explanation = r.explanation
from r_matches_now r
where r.match_id = m.match_id
  and not (m.state = 'confirmed' and m.match_id in (select match_id from base.closed_matches))
  and (m.state <> r.state or m.stage <> r.stage or m.solutions <> r.solutions or m.explanation <> r.explanation);

-- A payout's sum can grow with a later file, so the members of payout matches are written anew.
delete from base.match_members where match_id in (select match_id from r_matches_now where kind in ('settlement_bank', 'payment_settlement'));
create or replace temp table r_to_write as
select match_id from r_matches_now where kind in ('settlement_bank', 'payment_settlement')
union
(select match_id from r_matches_now anti join r_matches_known using (match_id));
insert into base.match_members (match_id, side, record_type, record_id, amount)
select m.match_id, m.side, m.record_type, m.record_id, m.amount from r_members m semi join r_to_write using (match_id);
insert into base.matches (match_id, kind, state, stage, solutions, explanation, created_at, created_by)
select match_id, kind, state, stage, solutions, explanation, cast($now as timestamp), 'engine'
from r_matches_now anti join r_matches_known using (match_id);
