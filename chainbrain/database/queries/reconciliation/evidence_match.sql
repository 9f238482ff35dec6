-- The match itself: kind, state, stage, number of answers, explanation.
select kind, state, stage, solutions, explanation::varchar as explanation from base.matches where cast(match_id as varchar) = $match
