-- What the last reconciliation went by, so that the next one can leave alone what nothing has touched: the files it knew,
-- the words it heard, everything of the whole book that decides about single rows. Rewritten by every reconciliation.
create table base.reconciled_files (file_id uuid not null, rows_there bigint not null);
create table base.reconciled_words (subject_type varchar not null, subject_id uuid not null, verdict varchar not null, note varchar, expected_on date);
-- kind same: must be the same next time, or all is matched anew. Other kinds: part of whole rows of that key are so.
create table base.reconciled_facts (kind varchar not null, key varchar not null, part bigint, whole bigint);
create table base.reconciled_till_days (store varchar not null, day date not null);
