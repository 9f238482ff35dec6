-- An explained difference keeps its rows where they are; only it is no longer open.
update base.differences d set state = 'explained', note = x.note
from base.decisions x
where x.subject_type = 'difference' and x.subject_id = d.difference_id
  and cast(d.difference_id as varchar) in (select subject_id from deciding)
  and x.decision_id = (select max(y.decision_id) from base.decisions y where y.subject_type = 'difference' and y.subject_id = d.difference_id);
