-- Column maps that a person made for tables no importer knows. Every saving, renaming and removing is a row (removed:
-- content is null) of a history entry: taking the entry back leaves the row, it only no longer counts.
create table base.mappings (
    entry_id bigint not null, name varchar not null, signature varchar not null, content varchar, saved_at timestamp not null
);

-- One map per name: the one that was written last and not taken back.
create view base.standing_mappings as
with latest as (
    select m.* from base.mappings m join base.history h on h.entry_id = m.entry_id
    where h.undone_by is null
    qualify row_number() over (partition by m.name order by m.entry_id desc) = 1
)
select * from latest where content is not null;
