-- Matches that somebody spoke about before the close, and those of months that were closed before it; whether they hold follows anew.
with spoken as (
    select subject_id as match_id from base.decisions where subject_type = 'match' and entry_id < $entry
    union
    select match_id from base.month_matches where entry_id < $entry
)
select * replace ('revoked' as state) from base.matches where match_id in (from spoken)
