-- What is left of a key after equal amounts went together: same key, other amount (D03). A row that repeats an already
-- paired row of its own side is a duplicate (D05), not a partner for something else. Where neither the amount nor, within
-- two hours, the time agrees, a short number alone proves nothing.
create or replace temp table r_beside_l as
select tender_id, key, id, refund, amount, day from r_left where key in (select key from r_l);
create or replace temp table r_paired_l as
from r_beside_l where tender_id in (select tender_id from r_pairs semi join r_beside_l using (tender_id));
create or replace temp table r_l2 as
select * from r_l_open l
where not exists (
    select 1 from r_paired_l o where o.key = l.key and o.id = l.id and o.refund = l.refund and o.amount = l.amount and o.day = l.day
);
create or replace temp table r_beside_r as
select payment_id, key, id, refund, amount, day from r_right where key in (select key from r_r);
create or replace temp table r_paired_r as
from r_beside_r where payment_id in (select payment_id from r_pairs semi join r_beside_r using (payment_id));
create or replace temp table r_r2 as
select * from r_r_open r
where not exists (
    select 1 from r_paired_r o where o.key = r.key and o.id = r.id and o.refund = r.refund and o.amount = r.amount and o.day = r.day
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
    from r_l2 semi join r_l_open using (tender_id)
) l
join (
    select *, row_number() over (partition by channel, id, scope, refund order by moment, payment_id) as rank
    from r_r2 semi join r_r_open using (payment_id)
) r using (channel, id, scope, refund, rank)
anti join r_barred b on b.tender_id = l.tender_id and b.payment_id = r.payment_id
where l.refund or abs(epoch(l.moment) - epoch(r.moment)) <= 1800
   or length(l.id) >= 10 and (channel, id, scope) in (select channel, id, scope from r_compact);
