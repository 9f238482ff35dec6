-- What a person decided about a suspect row: leave (not written), new (written as a row of its own), same (seen).
alter table base.left_out_rows add column decision varchar;
