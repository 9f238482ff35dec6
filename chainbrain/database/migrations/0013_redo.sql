-- What an undone import had brought, so that it can be done again: its files, and what was decided about their suspect
-- rows. Part of the history; the originals themselves lie in the safe.
create table base.history_files (
    entry_id bigint not null, file_id uuid not null, container_sha256 varchar not null, name varchar not null, read_as varchar not null,
    differs boolean not null, imported_at timestamp not null
);
create table base.history_rows (
    entry_id bigint not null, file_id uuid not null, sheet varchar, line bigint not null, decision varchar
);
