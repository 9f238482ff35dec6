-- Keeps what belongs to a group that somebody puts together.
insert into base.decided_members (entry_id, match_id, side, record_type, record_id)
select $entry_id, cast($match as uuid), side, record_type, cast(record_id as uuid) from grouping_members order by side, record_id;
