-- Tenders without any number: store, channel, amount and moment within two minutes of each other, the till's clock put
-- right where its pairs by number show that it is wrong. Proven only where tender and payment are alone with each other. A till
-- that names the wallet may mean an aggregator's row that was paid with it: then alone among all channels.

-- What can be a partner or stand in the way of one, at its own moment and, for a till whose clock is wrong, at the right
-- one (told). What repeats something that is paired already is not open.
create or replace temp table r_moments as
with wanted as (select distinct store, refund, amount from r_open_tenders where keyless)
select t.tender_id, t.store, t.channel, t.merchant, t.refund, t.amount, t.keyless, coalesce(k.ahead, 0)::integer as ahead,
       epoch(t.moment)::bigint - coalesce(k.ahead, 0) as stamp, true as told
from r_open_tenders t left join r_clocks k on k.store = t.store and k.day = t.day
where t.timed and (t.store, t.refund, t.amount) in (from wanted) and t.tender_id not in (select tender_id from r_repeated);
insert into r_moments
select * replace (stamp + ahead as stamp, false as told) from r_moments where ahead <> 0;
create or replace temp table r_offers as
select c.payment_id, c.store, c.channel, c.merchant, c.refund, c.amount, epoch(c.occurred_at)::bigint as stamp,
       cast(c.occurred_at as time) <> time '00:00:00' as timed, if(q.channel is null, null, b.paid_with) as paid_with
from r_open_claims c
left join base.payments b on b.payment_id = c.payment_id
left join base.acquirers q on q.channel = c.channel
where c.kind in ('payment', 'refund') and (c.refund, c.amount) in (select refund, amount from r_moments)
  and c.payment_id not in (select payment_id from r_charged_again where by_number);

-- Every tender with every payment that it could be. A payment whose store is unknown may belong to any store that its
-- merchant number serves; a till that only says "scanned" may mean any channel.
create or replace temp table r_edges as
with offered as (
    select payment_id, store, channel, merchant, refund, amount, stamp, timed, paid_with, true as placed from r_offers where store is not null
    union all
    select o.payment_id, k.store, o.channel, o.merchant, o.refund, o.amount, o.stamp, o.timed, o.paid_with, false
    from r_offers o join (select distinct channel, merchant, store from r_serving) k on k.channel = o.channel and k.merchant = o.merchant
    where o.store is null
), slots as (
    select *, unnest([stamp // 120 - 1, stamp // 120, stamp // 120 + 1]) as slot from offered
)
select t.tender_id, s.payment_id, any_value(t.keyless) as keyless, any_value(t.amount) as amount, any_value(t.ahead) as ahead,
       min(abs(t.stamp - s.stamp)) filter (where t.told)::integer as apart, min(abs(t.stamp - s.stamp))::integer as nearest,
       coalesce(bool_or(t.channel = s.paid_with and t.channel <> s.channel), false) as beneath,
       bool_and(s.placed and s.timed and t.channel in (s.channel, coalesce(s.paid_with, s.channel)) and (t.merchant is null or t.merchant = s.merchant)) as firm
from (select *, stamp // 120 as slot from r_moments) t
join slots s on s.store = t.store and s.refund = t.refund and s.amount = t.amount and s.slot = t.slot
where abs(t.stamp - s.stamp) <= 120 and (t.channel in (s.channel, s.paid_with) or t.channel = 'other')
group by t.tender_id, s.payment_id;
delete from r_edges e using r_barred b where b.tender_id = e.tender_id and b.payment_id = e.payment_id;

-- How many open rows of the same store, channel and amount stand within two minutes of each, itself counted; in all: of any channel.
create or replace temp table r_crowd as
select id, count(*) over (partition by store, channel, refund, amount order by stamp range between 120 preceding and 120 following) as near,
       count(*) over (partition by store, refund, amount order by stamp range between 120 preceding and 120 following) as near_in_all
from (
    select tender_id as id, store, channel, refund, amount, stamp from r_moments where told
    union all
    select payment_id, store, channel, refund, amount, stamp from r_offers where store is not null
);

-- Where the tender may have gone through an aggregator, the bills of the wallet and of every aggregator of the store must be there.
create or replace temp table r_beneath_cover as
with wanted as (
    select t.tender_id, k.channel, k.merchant,
           unnest(list_distinct([cast(t.moment - interval 10 minute as date), cast(t.moment + interval 10 minute as date), cast(t.moment - to_seconds(coalesce(c.ahead, 0)) as date)])) as day
    from r_open_tenders t
    left join r_clocks c on c.store = t.store and c.day = t.day
    join r_serving k on k.store = t.store and (k.channel = t.channel or k.channel in (select channel from base.acquirers))
     and cast(t.moment as date) >= k.valid_from and cast(t.moment as date) < k.valid_to
    where t.tender_id in (select tender_id from r_edges where beneath)
)
select w.tender_id, bool_and(d.day is not null) as complete
from wanted w left join r_trade_days d on d.channel = w.channel and d.merchant = w.merchant and d.day = w.day
group by w.tender_id;

create or replace temp table r_answers as
select e.*, count(*) over (partition by e.tender_id) as of_tender, count(*) over (partition by e.payment_id) as of_payment,
       if(e.beneath, a.near_in_all, a.near) as near_tender, if(e.beneath, b.near_in_all, b.near) as near_payment,
       e.firm and e.apart is not null and coalesce(if(e.beneath, u.complete, v.complete), false) and coalesce(w.complete, false) as provable
from r_edges e
left join r_crowd a on a.id = e.tender_id
left join r_crowd b on b.id = e.payment_id
left join r_tender_cover v on v.tender_id = e.tender_id
left join r_beneath_cover u on u.tender_id = e.tender_id
left join r_claim_cover w on w.payment_id = e.payment_id;

insert into r_by_time
select tender_id, payment_id, apart, ahead from r_answers
where keyless and provable and of_tender = 1 and of_payment = 1 and near_tender = 2 and near_payment = 2;
insert into r_pairs select tender_id, payment_id, 'amount_and_time' from r_by_time;

-- Equal rows that are all within two minutes of each other, as many at the till as in the wallet: their sum is settled,
-- which belongs to which is not, and there are n! answers.
create or replace temp table r_equal_rows as
with answers as (
    select tender_id, list(payment_id order by payment_id) as payments, max(apart) as apart, max(ahead) as ahead, any_value(amount) as amount,
           bool_and(keyless and provable and near_tender = 2 * of_tender and near_payment = 2 * of_tender and of_payment = of_tender) as closed
    from r_answers group by tender_id
)
select md5(concat_ws(chr(31), 'equal_rows', list(tender_id order by tender_id)::varchar, payments::varchar))::uuid as match_id,
       list(tender_id order by tender_id) as tenders, payments, any_value(amount) as amount, max(apart) as apart, max(ahead) as ahead
from answers group by payments
having bool_and(closed) and count(*) = len(payments) and count(*) > 1;
delete from r_equal_rows where match_id in (select match_id from r_rejected);
insert into r_suggested
select match_id, 'equal_rows', factorial(least(len(tenders), 12)::integer)::integer, apart, ahead from r_equal_rows;
insert into r_suggested_rows
select match_id, 'inner', 'tender', unnest(tenders), amount from r_equal_rows
union all
select match_id, 'outer', 'payment', unnest(payments), amount from r_equal_rows;

-- The rest are suggestions, the nearest first; the number of answers counts all of them.
create or replace temp table r_possible as
select md5(concat_ws(chr(31), 'tender_payment', tender_id, payment_id))::uuid as match_id, *
from r_answers
where keyless and tender_id not in (select tender_id from r_by_time) and tender_id not in (select unnest(tenders) from r_equal_rows)
qualify row_number() over (partition by tender_id order by nearest, payment_id) <= 5 or row_number() over (partition by payment_id order by nearest, tender_id) <= 5;
insert into r_suggested
select match_id, 'amount_and_time', greatest(of_tender, of_payment), nearest, ahead from r_possible;
insert into r_suggested_rows
select match_id, 'inner', 'tender', tender_id, amount from r_possible
union all
select match_id, 'outer', 'payment', payment_id, amount from r_possible;
