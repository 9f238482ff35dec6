-- As merge.sql, for the matches that rows in scope are part of, and all of the bank.
create or replace temp table r_matches_before as
select match_id from base.matches where state <> 'revoked' and kind = 'settlement_bank'
union
select match_id from base.match_members where in_scope(record_id);
update base.matches set state = 'revoked'
where state <> 'revoked' and match_id in (from r_matches_before) and match_id not in (select match_id from r_matches);
update base.matches m
set state = r.state, stage = r.stage, solutions = r.solutions, explanation = r.explanation
from r_matches r
where r.match_id = m.match_id
  and not (m.state = 'confirmed' and m.match_id in (select match_id from base.closed_matches))
  and (m.state <> r.state or m.stage <> r.stage or m.solutions <> r.solutions or m.explanation <> r.explanation);

-- A payout's sum can grow with a later file, so the members of payout matches are written anew.
delete from base.match_members where match_id in (select match_id from r_matches where kind in ('settlement_bank', 'payment_settlement'));
insert into base.match_members (match_id, side, record_type, record_id, amount)
select m.match_id, m.side, m.record_type, m.record_id, m.amount
from r_members m
where m.match_id not in (select match_id from base.matches)
   or m.match_id in (select match_id from r_matches where kind in ('settlement_bank', 'payment_settlement'));
insert into base.matches (match_id, kind, state, stage, solutions, explanation, created_at, created_by)
select match_id, kind, state, stage, solutions, explanation, cast($now as timestamp), 'engine'
from r_matches where match_id not in (select match_id from base.matches);
