-- Less than a check: one row of either side beside one of the other, without sums; wrong as soon as a sale has two of a receiver.
create or replace temp table bare as
select p.split_part_id, l.split_line_id,
       case when p.split_part_id is null then 'unexpected' when l.split_line_id is null then 'missing' when p.amount = l.amount then 'matched' else 'amount' end as verdict
from (select s.*, w.external_id as number from base.split_parts s join base.payments w on w.payment_id = s.payment_id) p
full join base.split_lines l on l.payment_external_id = p.number and l.receiver = p.receiver
