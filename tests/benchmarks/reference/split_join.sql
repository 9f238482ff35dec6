-- What checking splits cannot do without: both sides joined by order number and receiver, with a verdict, written down.
create or replace temp table plain as
select coalesce(p.split_part_id, l.split_line_id) as id, p.split_part_id, l.split_line_id,
       case when p.split_part_id is null then 'unexpected' when l.split_line_id is null then 'missing' when p.amount = l.amount then 'matched' else 'amount' end as verdict
from (select s.*, w.external_id as number from base.split_parts s join base.payments w on w.payment_id = s.payment_id) p
full join base.split_lines l on l.payment_external_id = p.number and l.receiver = p.receiver
