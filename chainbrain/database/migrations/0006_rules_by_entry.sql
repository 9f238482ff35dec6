-- A rule that a person added names its history entry: taking the entry back leaves the row, it only no longer counts.
alter table base.rules add column entry_id bigint;

-- One dated rule per row: those that were shipped, and those that were added and not taken back.
create view base.standing_rules as
select r.* from base.rules r left join base.history h on h.entry_id = r.entry_id where h.undone_by is null;
