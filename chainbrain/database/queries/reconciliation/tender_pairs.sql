-- What the pairs say: the match, and every way in which the two sides disagree.
insert into r_pairs from r_done;
-- Of nearly all pairs no more is asked than this; what else the others say is looked up for them alone.
create or replace temp table r_linked as
select md5(concat_ws(chr(31), 'tender_payment', r.tender_id, r.payment_id))::uuid as match_id, r.tender_id, r.payment_id, r.stage, t.refund,
       t.amount as tender_amount, c.amount as payment_amount, t.file_id as tender_file, c.file_id as payment_file,
       t.amount <> c.amount or t.day <> cast(c.occurred_at - t.cutoff as date) or c.store <> t.store as unlike
from r_pairs r join r_due t on t.tender_id = r.tender_id join r_claims c on c.payment_id = r.payment_id;

create or replace temp table r_stages as
select stage, json_object('key', stage) as explanation from (select distinct stage from r_linked);
-- By time: how many seconds lie between the two, and by how many the till's clock was ahead.
create or replace temp view r_matches_tenders as
select l.match_id, 'tender_payment' as kind, 'confirmed' as state, l.stage, 1 as solutions,
       case when b.tender_id is null then s.explanation else json_object('key', l.stage, 'apart', b.apart, 'ahead', b.ahead) end as explanation
from r_linked l join r_stages s using (stage) left join r_by_time b on b.tender_id = l.tender_id
union all
select match_id, 'tender_payment', 'suggested', stage, solutions, json_object('key', stage, 'apart', apart, 'ahead', ahead) from r_suggested;
create or replace temp view r_members_tenders as
select match_id, 'inner' as side, 'tender' as record_type, tender_id as record_id, tender_amount as amount from r_linked
union all
select match_id, 'outer', 'payment', payment_id, payment_amount from r_linked
union all
from r_suggested_rows;

-- These are few: written down first, they are looked up among all tenders and payments and not those among them.
create or replace temp table r_unlike_pairs as from r_linked where unlike;
create or replace temp table r_unlike as
select l.* exclude (unlike, tender_file, payment_file), c.order_amount, t.store, t.day, t.channel, t.timed, c.store as payment_store,
       cast(c.occurred_at - t.cutoff as date) as payment_day
from r_unlike_pairs l
join (from r_due where tender_id in (select tender_id from r_unlike_pairs where unlike)) t on t.tender_id = l.tender_id
join (from r_claims where payment_id in (select payment_id from r_unlike_pairs where unlike)) c on c.payment_id = l.payment_id;
create or replace temp table r_found as
-- the amounts differ; a coupon that the merchant paid for explains it: the till took the order's amount
select 'D03' as code,
       case when abs(tender_amount) = abs(order_amount) then 'explained' else 'open' end as state,
       case when abs(tender_amount) = abs(order_amount) then 'merchant_coupon' else 'amount' end as cause,
       payment_amount - tender_amount as amount, 'difference' as row_state, *
from r_unlike where tender_amount <> payment_amount
union all
-- the same sale on two business days: midnight, or rung up late
select 'D04', 'timing', 'business_day', 0, 'timing', *
from r_unlike where day <> payment_day and (timed or not refund)
union all
-- rung up in one store, paid through the code of another
select 'D11', 'open', 'store', 0, 'difference', *
from r_unlike where payment_store <> store;

insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', code, tender_id, cause))::uuid, code, state, store, day, null, amount, 'tender', tender_id, channel, cause
from r_found;
insert into r_flags
select md5(concat_ws(chr(31), 'difference', code, tender_id, cause))::uuid, unnest(['tender', 'payment']), unnest([tender_id, payment_id]), 'till', row_state
from r_found;

create or replace temp view r_states_linked as
select 'tender' as record_type, tender_id as record_id, 'till' as leg, tender_file as file_id, 'matched' as state, match_id,
       null::varchar as reason, null::date as due_on
from r_linked
union all
select 'payment', payment_id, 'till', payment_file, 'matched', match_id, null, null from r_linked;
