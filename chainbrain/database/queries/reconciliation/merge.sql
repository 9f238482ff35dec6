-- Matches of before and now: what is derived again keeps its first date, what is not is revoked, nothing is deleted.
create or replace temp table r_changes as
select coalesce(m.match_id, r.match_id) as match_id, m.match_id is null as first_found, r.match_id is null as gone, r.state, r.stage, r.solutions, r.explanation
from base.matches m full join r_matches r on r.match_id = m.match_id
where m.match_id is null or r.match_id is null and m.state <> 'revoked'
   or m.state <> r.state or m.stage <> r.stage or m.solutions <> r.solutions or m.explanation <> r.explanation;
update base.matches set state = 'revoked' where match_id in (select match_id from r_changes where gone);
update base.matches m
set state = r.state, stage = r.stage, solutions = r.solutions, explanation = r.explanation
from r_changes r
where r.match_id = m.match_id and not r.first_found and not r.gone
  -- those of a closed month tell what they told then
  and not (m.state = 'confirmed' and m.match_id in (select match_id from base.closed_matches));

-- A payout's sum can grow with a later file, so the members of payout matches are written anew.
delete from base.match_members where match_id in (select match_id from r_matches where kind in ('settlement_bank', 'payment_settlement'));
create or replace temp table r_to_write as
select match_id from r_matches where kind in ('settlement_bank', 'payment_settlement')
union
select match_id from r_changes where first_found;
insert into base.match_members (match_id, side, record_type, record_id, amount)
select m.match_id, m.side, m.record_type, m.record_id, m.amount from r_members m semi join r_to_write using (match_id);
insert into base.matches (match_id, kind, state, stage, solutions, explanation, created_at, created_by)
select match_id, kind, state, stage, solutions, explanation, cast($now as timestamp), 'engine'
from r_matches semi join (from r_changes where first_found) using (match_id);
