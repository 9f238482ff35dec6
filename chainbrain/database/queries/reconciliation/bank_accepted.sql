-- What a person accepted holds before anything is derived.
insert into r_arrived
select b.record_id, i.record_id, 'accepted', null, null, null, null
from r_decisions d
join base.match_members b on b.match_id = d.subject_id and b.record_type = 'bank_line'
join base.match_members i on i.match_id = d.subject_id and i.side = 'inner'
where d.subject_type = 'match' and d.verdict = 'accept'
  and b.record_id in (select bank_line_id from r_deposits) and i.record_id in (select record_id from r_expected)
qualify row_number() over (partition by b.record_id order by d.subject_id) = 1 and row_number() over (partition by i.record_id order by d.subject_id) = 1;
