-- Tenders and payments without a partner: a verdict where the other side's days are complete, otherwise waiting.
create or replace temp table r_verdicts as
select 'tender' as record_type, t.tender_id as record_id, t.file_id, t.store, t.day, t.channel, -t.amount as amount,
       case
           when t.tender_id in (select tender_id from r_repeated) then 'D05'
           when t.tender_id in (from r_waits) or not coalesce(v.complete, false) then null
           when t.refund then 'D06'
           else 'D01'
       end as code
from r_open_tenders t left join r_tender_cover v on v.tender_id = t.tender_id
union all
select 'payment', c.payment_id, p.file_id, c.store, c.day, c.channel, c.amount,
       case
           when c.payment_id in (select payment_id from r_charged_again where by_number) then 'D05'
           when c.payment_id in (from r_waits) or not coalesce(v.complete, false) then null
           when c.payment_id in (select payment_id from r_charged_again) then 'D05'
           when c.refund then 'D06'
           else 'D02'
       end
from r_open_claims c join (from r_payments where payment_id in (select payment_id from r_open_claims)) p on p.payment_id = c.payment_id left join r_claim_cover v on v.payment_id = c.payment_id;

insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', code, record_id, 'one_sided'))::uuid, code, 'open', store, day, null, amount, record_type, record_id, channel,
       case when code = 'D05' then 'duplicate' when record_type = 'tender' then 'till_only' else 'wallet_only' end
from r_verdicts where code is not null;
insert into r_flags
select md5(concat_ws(chr(31), 'difference', code, record_id, 'one_sided'))::uuid, record_type, record_id, 'till', 'difference'
from r_verdicts where code is not null;

create or replace temp view r_states_unlinked as
select record_type, record_id, 'till' as leg, file_id, case when code is null then 'timing' else 'difference' end as state, null::uuid as match_id,
       case when code is null then if(record_id in (from r_waits), 'suggested', 'waiting_for_file') end as reason, case when code is null then day + 1 end as due_on
from r_verdicts where record_type = 'tender'
union all
select 'tender', tender_id, 'till', file_id, 'excluded', null, 'order_cancelled', null
from r_due anti join r_pairs using (tender_id) where cancelled;

-- The till leg of the payments that no tender was found for. One of two views of a receipt is settled by the other.
create or replace temp view r_states_payments as
select 'payment' as record_type, p.payment_id as record_id, 'till' as leg, p.file_id,
       case
           when f.match_id is not null then 'matched'
           when v.code is not null then 'difference'
           when v.record_id is not null then 'timing'
           else 'excluded'
       end as state,
       f.match_id,
       case
           when f.match_id is not null or v.code is not null then null
           when v.record_id is not null then if(v.record_id in (from r_waits), 'suggested', 'waiting_for_file')
           when p.kind = 'adjustment' then 'not_a_sale'
           when p.cancelled then 'cancelled'
           else 'superseded'
       end as reason,
       case when v.record_id is not null and v.code is null then p.day + 1 end as due_on
from (from r_payments anti join r_linked using (payment_id)) p
left join r_follows f on f.payment_id = p.payment_id
left join r_verdicts v on v.record_id = p.payment_id;
