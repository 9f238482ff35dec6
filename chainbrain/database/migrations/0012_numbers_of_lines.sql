-- A ledger line that bears no number of its own is identified by its fields.
alter table base.wallet_lines alter column external_id drop not null;

-- A split that bears a number is that number: an export that prints another status must not bring it a second time.
create temp table numbered_splits as
select split_line_id as old_id, cast(md5(concat_ws(chr(31), 'split_line', channel, external_id, case when amount < 0 then 'back' end)) as uuid) as new_id
from base.split_lines where external_id is not null
qualify count(*) over (partition by channel, external_id, amount < 0) = 1;
update base.split_lines set split_line_id = n.new_id from numbered_splits n where split_line_id = n.old_id;
update base.sightings set record_id = n.new_id from numbered_splits n where record_type = 'split_line' and record_id = n.old_id;
update base.match_members set record_id = n.new_id from numbered_splits n where record_type = 'split_line' and record_id = n.old_id;
update base.row_states set record_id = n.new_id from numbered_splits n where record_type = 'split_line' and record_id = n.old_id;
update base.differences set record_id = n.new_id from numbered_splits n where record_type = 'split_line' and record_id = n.old_id;
drop table numbered_splits;
