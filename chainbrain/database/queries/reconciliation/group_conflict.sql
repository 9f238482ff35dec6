-- A record of a match that this entry spoke about, which another match by hand holds too.
select a.record_type, a.record_id, b.match_id
from base.members_by_hand a join base.members_by_hand b on b.record_id = a.record_id and b.match_id <> a.match_id
where a.match_id in (select subject_id from base.decisions where entry_id = $entry_id and subject_type = 'match')
order by a.record_type, a.record_id, b.match_id limit 1
