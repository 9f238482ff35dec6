-- How many of the decisions that a close keeps stand no longer as they were written.
select count(*)
from base.month_decisions k
left join base.decisions d on d.decision_id = k.decision_id and d.entry_id = k.decision_entry and d.subject_id = k.subject_id and d.verdict = k.verdict
    and d.who = k.who and d.note is not distinct from k.note and d.expected_on is not distinct from k.expected_on
left join base.history h on h.entry_id = d.entry_id
where k.entry_id = $entry and (d.decision_id is null or h.undone_by is not null)
