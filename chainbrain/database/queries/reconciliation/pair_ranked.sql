-- Second part of a stage: several rows of one key on one day. Rows of the very second first (of three equal refunds of one
-- sale the till may know two), then those that are each other's only one of their amount within ten minutes, so that a
-- number used in two shops or two shifts goes to its own sale; then the earlier with the earlier.
create or replace temp table r_near as
select l.tender_id, r.payment_id, abs(epoch(l.moment) - epoch(r.moment)) as apart
from r_l l join r_r r using (channel, id, scope, refund, amount)
where apart <= 600;
insert into r_pairs
select tender_id, payment_id, $stage
from (select *, count(*) over (partition by tender_id) as of_tender, count(*) over (partition by payment_id) as of_payment from r_near where apart = 0)
anti join r_barred b using (tender_id, payment_id)
where of_tender = 1 and of_payment = 1;
delete from r_near where tender_id not in (select tender_id from r_l_open) or payment_id not in (select payment_id from r_r_open);

insert into r_pairs
select tender_id, payment_id, $stage
from (select *, count(*) over (partition by tender_id) as of_tender, count(*) over (partition by payment_id) as of_payment from r_near)
anti join r_barred b using (tender_id, payment_id)
where of_tender = 1 and of_payment = 1;

insert into r_pairs
select l.tender_id, r.payment_id, $stage
from (
    select *, row_number() over (partition by channel, id, scope, refund, amount, day, store order by moment, line, tender_id) as rank
    from r_l_open
) l
join (
    select *, row_number() over (partition by channel, id, scope, refund, amount, day, store order by moment, payment_id) as rank
    from r_r_open
) r using (channel, id, scope, refund, amount, day, store, rank)
anti join r_barred b on b.tender_id = l.tender_id and b.payment_id = r.payment_id;
