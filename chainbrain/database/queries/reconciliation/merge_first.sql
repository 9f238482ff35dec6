-- The first matches of a book: nothing to compare with.
insert into base.match_members (match_id, side, record_type, record_id, amount)
select match_id, side, record_type, record_id, amount from r_members;
insert into base.matches (match_id, kind, state, stage, solutions, explanation, created_at, created_by)
select match_id, kind, state, stage, solutions, explanation, cast($now as timestamp), 'engine' from r_matches;
