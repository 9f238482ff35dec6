-- What a person accepted holds before anything is derived, whole groups of payouts and deposits too. Of two accepted matches
-- that share a row only one can hold.
insert into r_arrived
with members as (
    select d.subject_id as match_id, m.side, m.record_id
    from r_decisions d join base.match_members m on m.match_id = d.subject_id join base.matches x on x.match_id = d.subject_id
    where d.subject_type = 'match' and d.verdict = 'accept' and x.kind = 'settlement_bank'
), whole as (
    select match_id from members group by match_id
    having bool_and(case when side = 'outer' then record_id in (select bank_line_id from a_deposits) else record_id in (select record_id from r_expected) end)
), held as (
    select match_id from whole
    where match_id not in (select a.match_id from members a join members b on b.record_id = a.record_id and b.match_id < a.match_id)
)
select h.match_id, o.record_id, i.record_id, 'accepted', null, null, null, null
from held h
join members o on o.match_id = h.match_id and o.side = 'outer'
join members i on i.match_id = h.match_id and i.side = 'inner';
