-- What people put together at the bank, whole groups too, and the day on which they expect what they call timing.
alter table base.decisions add column expected_on date;
-- One row per member of a group when somebody decided it; the group's id is made from its members.
create table base.decided_members (
    entry_id bigint not null, match_id uuid not null, side varchar not null, record_type varchar not null, record_id uuid not null
);

-- The last word on each difference and match; decisions that were taken back do not count.
create view base.last_words as
select d.subject_type, d.subject_id, d.verdict, d.note, d.expected_on, d.decision_id
from base.decisions d left join base.history h on h.entry_id = d.entry_id
where h.undone_by is null
qualify row_number() over (partition by d.subject_type, d.subject_id order by d.decision_id desc) = 1;

-- The members of every match at the bank that a person made or accepted.
create view base.members_by_hand as
with held as (
    select subject_id as match_id, decision_id, verdict, note from base.last_words where subject_type = 'match' and verdict in ('accept', 'match')
)
select h.match_id, h.decision_id, h.verdict, h.note, m.side, m.record_type, m.record_id
from held h join (select distinct match_id, side, record_type, record_id from base.decided_members) m on m.match_id = h.match_id
where h.verdict = 'match'
union all
select h.match_id, h.decision_id, h.verdict, h.note, m.side, m.record_type, m.record_id
from held h join base.match_members m on m.match_id = h.match_id join base.matches x on x.match_id = h.match_id
where h.verdict = 'accept' and x.kind = 'settlement_bank';
