-- Second part of a stage: several rows of one key on one day, the earlier with the earlier.
create or replace temp table r_r as
from r_right anti join r_pairs using (payment_id) where key in (select key from r_l);
insert into r_pairs
select l.tender_id, r.payment_id, $stage
from (select *, row_number() over (partition by channel, id, scope, refund, amount, day, store order by moment, line, tender_id) as rank from r_l) l
join (select *, row_number() over (partition by channel, id, scope, refund, amount, day, store order by moment, payment_id) as rank from r_r) r
  using (channel, id, scope, refund, amount, day, store, rank)
anti join r_barred b on b.tender_id = l.tender_id and b.payment_id = r.payment_id;
