-- Pairs tenders (r_left) and payments (r_right) that carry the same key, one to one, refunds with refunds only.
-- Equal amounts first (same day and store, same day, any day), then what is left of the key. Within equals the earlier
-- goes with the earlier, so the result does not depend on the order of rows or files. Joins go by the hash of the key
-- and then hold the numbers themselves against each other.

-- Nearly all keys name one row on each side; those need no ranking.
create or replace temp table r_twins as
select l.tender_id, r.payment_id
from (select *, hash(key, refund, amount, day, store) as twin from r_left anti join r_pairs using (tender_id)) l
join (select *, hash(key, refund, amount, day, store) as twin from r_right anti join r_pairs using (payment_id)) r on r.twin = l.twin
where r.id = l.id and r.scope = l.scope and r.amount = l.amount and r.day = l.day and r.store = l.store;
insert into r_pairs
select tender_id, payment_id, $stage
from (
    select any_value(tender_id) as tender_id, payment_id
    from (select tender_id, any_value(payment_id) as payment_id from r_twins group by tender_id having count(*) = 1)
    group by payment_id having count(*) = 1
)
anti join r_barred b using (tender_id, payment_id);

-- What is left of keys that have a row left on both sides: little, so it is what pairs are looked up for from here on, and
-- not all pairs for each of its rows.
create or replace temp table r_left_alone as select tender_id, key from r_left anti join r_pairs using (tender_id);
create or replace temp table r_right_near as from r_right where key in (select key from r_left_alone);
create or replace temp table r_r as
from r_right_near where payment_id not in (select payment_id from r_pairs semi join r_right_near using (payment_id));
create or replace temp table r_l as
from r_left semi join (from r_left_alone where key in (select key from r_r)) using (tender_id, key);
drop table r_left_alone;
drop table r_right_near;
create or replace temp view r_l_open as from r_l where tender_id not in (select tender_id from r_pairs semi join r_l using (tender_id));
create or replace temp view r_r_open as from r_r where payment_id not in (select payment_id from r_pairs semi join r_r using (payment_id));
