-- One decision per subject in the loaded list, in the order of their ids.
insert into base.decisions (decision_id, entry_id, "at", who, subject_type, subject_id, verdict, note, expected_on)
select nextval('base.decision_seq'), $entry_id, cast($now as timestamp), $who, $subject_type, cast(subject_id as uuid), $verdict, $note, cast($expected_on as date)
from (select distinct subject_id from deciding order by subject_id);
