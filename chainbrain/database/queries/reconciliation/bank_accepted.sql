-- What a person put together or accepted, and what a closed month keeps, holds before anything is derived, whole groups of payouts and deposits too. A group
-- of which a row is gone holds nothing; of two that share a row the earlier decision holds.
insert into r_arrived
with whole as (
    select match_id, any_value(verdict) as verdict, min(decision_id) as decided
    from base.members_by_hand group by match_id
    having bool_and(case when side = 'outer' then record_id in (select bank_line_id from a_deposits) else record_id in (select record_id from r_expected) end)
), members as (
    select m.match_id, m.side, m.record_id, w.verdict, w.decided from base.members_by_hand m join whole w on w.match_id = m.match_id
), held as (
    select match_id, verdict from whole
    where match_id not in (select a.match_id from members a join members b on b.record_id = a.record_id and b.decided < a.decided)
)
select h.match_id, o.record_id, i.record_id, case h.verdict when 'match' then 'by_hand' when 'accept' then 'accepted' else h.verdict end, null, null, null, null
from held h
join members o on o.match_id = h.match_id and o.side = 'outer'
join members i on i.match_id = h.match_id and i.side = 'inner';
