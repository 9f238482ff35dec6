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

-- What is left of keys that have a row left on both sides.
create or replace temp table r_l as
from r_left anti join r_pairs using (tender_id) where key in (select key from r_right anti join r_pairs using (payment_id));
