-- The number of the split or of the return that a line belongs to (微信分账/回退单号): a fund flow may name this one instead of the line's.
alter table base.split_lines add column split_no varchar;
