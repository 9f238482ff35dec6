-- Of a record that the book does not have and a line holds back, the first row that is written is new, the others see it.
create or replace temp table brought_by as
with shared as (
    select record_id from classified_{kind}
    where state <> 'suspect' and record_id in (select record_id from classified_{kind} where held)
    group by record_id having count(*) > 1 and bool_or(state = 'new')
)
select record_id, arg_min(rowid, row({becomes} = 'suspect', file_no, coalesce(sheet, ''), line)) as place
from classified_{kind} where state <> 'suspect' and record_id in (select record_id from shared) group by record_id;

update classified_{kind} c set state = if(c.rowid = b.place, 'new', 'seen')
from brought_by b where b.record_id = c.record_id and c.state <> 'suspect';

drop table brought_by;
