-- Pairs tenders (r_left) and payments (r_right) that carry the same key, one to one, refunds with refunds only.
-- Equal amounts first (same day and store, same day, any day), then what is left of the key. Within equals the earlier
-- goes with the earlier, so the result does not depend on the order of rows or files.
-- Nearly all keys name one row on each side; those need no ranking.
create or replace temp table r_twins as
select l.tender_id, r.payment_id from r_left l join r_right r using (channel, id, scope, refund, amount, day, store);
insert into r_pairs
select tender_id, payment_id, $stage
from (
    select any_value(tender_id) as tender_id, payment_id
    from (select tender_id, any_value(payment_id) as payment_id from r_twins group by tender_id having count(*) = 1)
    group by payment_id having count(*) = 1
)
anti join r_barred b using (tender_id, payment_id);
insert into r_pairs
select l.tender_id, r.payment_id, $stage
from (
    select *, row_number() over (partition by channel, id, scope, refund, amount, day, store order by moment, line, tender_id) as rank
    from r_left where tender_id in (select tender_id from r_twins) and tender_id not in (select tender_id from r_pairs)
) l
join (
    select *, row_number() over (partition by channel, id, scope, refund, amount, day, store order by moment, payment_id) as rank
    from r_right where payment_id in (select payment_id from r_twins) and payment_id not in (select payment_id from r_pairs)
) r using (channel, id, scope, refund, amount, day, store, rank)
anti join r_barred b on b.tender_id = l.tender_id and b.payment_id = r.payment_id;

create or replace temp table r_l as
select * from r_left where tender_id not in (select tender_id from r_pairs) and (channel, id, scope) in (select channel, id, scope from r_right);
create or replace temp table r_r as
select * from r_right where payment_id not in (select payment_id from r_pairs) and (channel, id, scope) in (select channel, id, scope from r_l);

-- A number that turns up on days far apart is used again and again, and so are all numbers of a till that counts its sales
-- anew every day (one in ten of its numbers stands on several days): then only the day's own rows go together, or rows
-- that midnight parts.
create or replace temp table r_reused as
select channel, scope
from (
    select channel, scope, id, count(distinct day) as days from r_left
    where not refund and scope <> '' and (channel, scope) in (select channel, scope from r_r) group by channel, scope, id
    union all
    select channel, scope, id, count(distinct day) from r_right
    where not refund and scope <> '' and (channel, scope) in (select channel, scope from r_r) group by channel, scope, id
)
group by channel, scope having count(*) filter (where days > 1) * 10 >= count(*);
create or replace temp table r_compact as
select channel, id, scope
from (
    select channel, id, scope, moment from r_left where not refund
    union all select channel, id, scope, moment from r_right where not refund
)
where (channel, id, scope) in (select channel, id, scope from r_r) and (channel, scope) not in (select channel, scope from r_reused)
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
where l.refund or abs(epoch(l.moment) - epoch(r.moment)) <= 1800 or (channel, id, scope) in (select channel, id, scope from r_compact);
