-- The match itself: kind, state, stage, number of answers, explanation.
select kind, state, stage, solutions, explanation::varchar as explanation from base.matches where match_id = try_cast($match as uuid)
