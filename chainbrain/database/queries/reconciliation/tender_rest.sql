-- Tenders and payments without a partner: a verdict where the other side's days are complete, otherwise waiting.
create or replace temp table r_open_tenders as
select * from r_due where tender_id not in (select tender_id from r_pairs) and not cancelled;
create or replace temp table r_open_claims as
select c.*, k.cutoff from r_claims c left join r_cutoffs k on k.store = c.store
where c.payment_id not in (select payment_id from r_pairs);

-- Which merchant numbers serve which store: by contract, and where there is none for the store and channel, by the pairs
-- already made.
create or replace temp table r_serving as
select distinct channel, store, merchant, valid_from, valid_to from r_contracts where store is not null and merchant is not null
union all
select distinct l.channel, l.store, p.merchant, date '1900-01-01', date '9999-12-31'
from r_linked l join r_payments p on p.payment_id = l.payment_id
where p.merchant is not null and (l.channel, l.store) not in (
    select channel, store from r_contracts where channel is not null and store is not null
);

-- Is the wallet's or platform's side complete around the moment of the tender? A wallet may book some minutes later, a
-- platform bills late orders on the next day.
create or replace temp table r_tender_cover as
with timed as (
    select *, list_distinct([
        cast(moment as date), cast(moment - interval 10 minute as date),
        cast(moment + case when channel in (select channel from r_platforms) then interval 2 hour else interval 10 minute end as date)
    ]) as days
    from r_open_tenders where moment is not null
), wanted as (
    select tender_id, channel, merchant, unnest(days) as day from timed where merchant is not null
    union all
    select t.tender_id, k.channel, k.merchant, unnest(t.days)
    from timed t
    join r_serving k
      on k.store = t.store and (k.channel = t.channel or t.channel = 'other')
     and cast(t.moment as date) >= k.valid_from and cast(t.moment as date) < k.valid_to
    where t.merchant is null
)
select w.tender_id, bool_and(d.day is not null) as complete
from wanted w left join r_trade_days d on d.channel = w.channel and d.merchant = w.merchant and d.day = w.day
group by w.tender_id;

-- Is the till's side complete? A payment whose store is unknown needs every store of its merchant number.
create or replace temp table r_claim_cover as
with wanted as (
    select payment_id, store, unnest(list_distinct([
        cast(occurred_at - cutoff as date), cast(occurred_at - cutoff - interval 10 minute as date), cast(occurred_at - cutoff + interval 10 minute as date)
    ])) as day
    from r_open_claims where store is not null
    union all
    select c.payment_id, k.store, c.day
    from r_open_claims c join (select distinct channel, merchant, store from r_serving) k
      on k.channel = c.channel and k.merchant = c.merchant
    where c.store is null
)
select w.payment_id, bool_and(d.day is not null) as complete
from wanted w left join r_till_days d on d.store = w.store and d.day = w.day
group by w.payment_id;

-- Duplicates: a tender that repeats a paired one of its day by number and amount (a refund: to the second); a payment
-- under the merchant order number of a paired one within six hours, or of the same guest, store and amount within five
-- minutes.
create or replace temp table r_repeated as
select t.tender_id
from r_open_tenders t
join r_due m on m.channel = t.channel and m.reference = t.reference and m.amount = t.amount and m.refund = t.refund
 and case when t.refund then m.moment = t.moment else m.day = t.day end
where m.tender_id in (select tender_id from r_pairs);
create or replace temp table r_charged_again as
select c.payment_id, c.merchant_order_no = m.merchant_order_no as by_number
from r_open_claims c
join r_claims m on m.channel = c.channel and m.merchant = c.merchant and m.merchant_order_no = c.merchant_order_no
 and abs(epoch(m.occurred_at) - epoch(c.occurred_at)) <= 21600
where not c.refund and not m.refund and m.payment_id in (select payment_id from r_pairs)
union all
select c.payment_id, false
from r_open_claims c
join r_claims m on m.channel = c.channel and m.payer_hash = c.payer_hash and m.store = c.store and m.amount = c.amount
 and abs(epoch(m.occurred_at) - epoch(c.occurred_at)) <= 300
where not c.refund and not m.refund and m.payment_id in (select payment_id from r_pairs);

create or replace temp table r_verdicts as
select 'tender' as record_type, t.tender_id as record_id, t.file_id, t.store, t.day, t.channel, -t.amount as amount,
       case
           when t.tender_id in (select tender_id from r_repeated) then 'D05'
           when not coalesce(v.complete, false) then null
           when t.refund then 'D06'
           else 'D01'
       end as code
from r_open_tenders t left join r_tender_cover v on v.tender_id = t.tender_id
union all
select 'payment', c.payment_id, p.file_id, c.store, c.day, c.channel, c.amount,
       case
           when c.payment_id in (select payment_id from r_charged_again where by_number) then 'D05'
           when not coalesce(v.complete, false) then null
           when c.payment_id in (select payment_id from r_charged_again) then 'D05'
           when c.refund then 'D06'
           else 'D02'
       end
from r_open_claims c join r_payments p on p.payment_id = c.payment_id left join r_claim_cover v on v.payment_id = c.payment_id;

insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', code, record_id, 'one_sided'))::uuid, code, 'open', store, day, null, amount, record_type, record_id, channel,
       case when code = 'D05' then 'duplicate' when record_type = 'tender' then 'till_only' else 'wallet_only' end
from r_verdicts where code is not null;
insert into r_flags
select md5(concat_ws(chr(31), 'difference', code, record_id, 'one_sided'))::uuid, record_type, record_id, 'till', 'difference'
from r_verdicts where code is not null;

create or replace temp view r_states_unlinked as
select record_type, record_id, 'till' as leg, file_id, case when code is null then 'timing' else 'difference' end as state, null::uuid as match_id,
       case when code is null then 'waiting_for_file' end as reason, case when code is null then day + 1 end as due_on
from r_verdicts where record_type = 'tender'
union all
select 'tender', tender_id, 'till', file_id, 'excluded', null, 'order_cancelled', null
from r_due where cancelled and tender_id not in (select tender_id from r_pairs);

-- The till leg of all payments.
create or replace temp view r_states_payments as
select 'payment' as record_type, p.payment_id as record_id, 'till' as leg, p.file_id,
       case
           when m.match_id is not null then 'matched'
           when v.code is not null then 'difference'
           when v.record_id is not null then 'timing'
           else 'excluded'
       end as state,
       m.match_id,
       case
           when m.match_id is not null or v.code is not null then null
           when v.record_id is not null then 'waiting_for_file'
           when p.kind = 'adjustment' then 'not_a_sale'
           when p.cancelled then 'cancelled'
           else 'superseded'
       end as reason,
       case when m.match_id is null and v.record_id is not null and v.code is null then p.day + 1 end as due_on
from r_payments p
left join r_linked m on m.payment_id = p.payment_id
left join r_verdicts v on v.record_id = p.payment_id;
