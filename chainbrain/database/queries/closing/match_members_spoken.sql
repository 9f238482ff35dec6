-- The members of matches_spoken.
with spoken as (
    select subject_id as match_id from base.decisions where subject_type = 'match' and entry_id < $entry
    union
    select match_id from base.month_matches where entry_id < $entry
)
select * from base.match_members where match_id in (from spoken)
