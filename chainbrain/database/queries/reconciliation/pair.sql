-- Pairs tenders (r_left) and payments (r_right) that carry the same key, one to one, refunds with refunds only.
-- Equal amounts first (same day and store, same day, any day), then what is left of the key. Within equals the earlier
-- goes with the earlier, so the result does not depend on the order of rows or files.
insert into r_pairs
select l.tender_id, r.payment_id, $stage
from (select *, row_number() over (partition by channel, id, scope, refund, amount, day, store order by moment, line, tender_id) as rank from r_left) l
join (select *, row_number() over (partition by channel, id, scope, refund, amount, day, store order by moment, payment_id) as rank from r_right) r
  using (channel, id, scope, refund, amount, day, store, rank)
anti join r_barred b on b.tender_id = l.tender_id and b.payment_id = r.payment_id;

create or replace temp table r_l as
select * from r_left where tender_id not in (select tender_id from r_pairs) and (channel, id, scope) in (select channel, id, scope from r_right);
create or replace temp table r_r as
select * from r_right where payment_id not in (select payment_id from r_pairs) and (channel, id, scope) in (select channel, id, scope from r_l);

-- A number that turns up on days far apart is used again and again: then only the day's own rows go together.
create or replace temp table r_compact as
select channel, id, scope
from (
    select channel, id, scope, moment from r_left where not refund
    union all select channel, id, scope, moment from r_right where not refund
)
where (channel, id, scope) in (select channel, id, scope from r_r)
group by channel, id, scope
having max(moment) - min(moment) <= interval 3 day;

insert into r_pairs
select l.tender_id, r.payment_id, $stage
from (select *, row_number() over (partition by channel, id, scope, refund, amount, day order by moment, line, tender_id) as rank from r_l) l
join (select *, row_number() over (partition by channel, id, scope, refund, amount, day order by moment, payment_id) as rank from r_r) r
  using (channel, id, scope, refund, amount, day, rank)
anti join r_barred b on b.tender_id = l.tender_id and b.payment_id = r.payment_id;

insert into r_pairs
select l.tender_id, r.payment_id, $stage
from (
    select *, row_number() over (partition by channel, id, scope, refund, amount order by moment, line, tender_id) as rank
    from r_l where tender_id not in (select tender_id from r_pairs)
) l
join (
    select *, row_number() over (partition by channel, id, scope, refund, amount order by moment, payment_id) as rank
    from r_r where payment_id not in (select payment_id from r_pairs)
) r using (channel, id, scope, refund, amount, rank)
anti join r_barred b on b.tender_id = l.tender_id and b.payment_id = r.payment_id
where l.refund or (channel, id, scope) in (select channel, id, scope from r_compact);
