-- What is left of a key after equal amounts went together: same key, other amount (D03). A row that repeats an already
-- paired row of its own side is a duplicate (D05), not a partner for something else. Where neither the amount nor, within
-- two hours, the time agrees, a short number alone proves nothing.
create or replace temp table r_l2 as
select * from r_l l
where tender_id not in (select tender_id from r_pairs)
  and not exists (
      select 1 from r_left o join r_pairs p on p.tender_id = o.tender_id
      where o.key = l.key and o.id = l.id and o.refund = l.refund and o.amount = l.amount and o.day = l.day
  );
create or replace temp table r_r2 as
select * from r_r r
where payment_id not in (select payment_id from r_pairs)
  and not exists (
      select 1 from r_right o join r_pairs p on p.payment_id = o.payment_id
      where o.key = r.key and o.id = r.id and o.refund = r.refund and o.amount = r.amount and o.day = r.day
  );

insert into r_pairs
select l.tender_id, r.payment_id, $stage
from (select *, row_number() over (partition by channel, id, scope, refund, day order by moment, line, tender_id) as rank from r_l2) l
join (select *, row_number() over (partition by channel, id, scope, refund, day order by moment, payment_id) as rank from r_r2) r
  using (channel, id, scope, refund, day, rank)
anti join r_barred b on b.tender_id = l.tender_id and b.payment_id = r.payment_id
where length(l.id) >= 10 or l.refund or abs(epoch(l.moment) - epoch(r.moment)) <= 7200;

insert into r_pairs
select l.tender_id, r.payment_id, $stage
from (
    select *, row_number() over (partition by channel, id, scope, refund order by moment, line, tender_id) as rank
    from r_l2 where tender_id not in (select tender_id from r_pairs)
) l
join (
    select *, row_number() over (partition by channel, id, scope, refund order by moment, payment_id) as rank
    from r_r2 where payment_id not in (select payment_id from r_pairs)
) r using (channel, id, scope, refund, rank)
anti join r_barred b on b.tender_id = l.tender_id and b.payment_id = r.payment_id
where l.refund or abs(epoch(l.moment) - epoch(r.moment)) <= 1800
   or length(l.id) >= 10 and (channel, id, scope) in (select channel, id, scope from r_compact);
