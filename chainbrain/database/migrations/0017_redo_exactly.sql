-- An import that is done again must take, leave and refuse as many rows as it did, read by the column map it was read by.
alter table base.source_files add column mapping varchar;
alter table base.history_files add column mapping varchar;
alter table base.history_files add column taken bigint;
alter table base.history_files add column broken bigint;
