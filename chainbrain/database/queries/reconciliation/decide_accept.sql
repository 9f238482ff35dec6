-- Accepted suggestions hold, and their two rows are settled.
update base.matches set state = 'confirmed', stage = 'accepted', solutions = 1
where cast(match_id as varchar) in (select subject_id from deciding);
update base.row_states s set state = 'matched', match_id = m.match_id, reason = null, due_on = null
from base.match_members m
where cast(m.match_id as varchar) in (select subject_id from deciding) and m.record_id = s.record_id and m.record_type = s.record_type and s.leg = 'bank';
delete from base.differences
where cause in ('not_arrived', 'no_settlement', 'other_payer') and record_id in (
    select m.record_id from base.match_members m where cast(m.match_id as varchar) in (select subject_id from deciding)
);
