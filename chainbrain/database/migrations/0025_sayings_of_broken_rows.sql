-- What a broken row says of itself (number, moment, amount as printed): told again when the file is dropped once more.
alter table base.left_out_rows add column said json;
