-- What is suggested at the till leg. Its rows wait for a person's word.
insert into r_suggested
select md5(concat_ws(chr(31), 'tender_payment', tender_id, payment_id))::uuid, 'refund_apart', 1, null, null
from r_apart
where tender_id not in (select tender_id from r_by_time) and payment_id not in (select payment_id from r_by_time)
  and (tender_id, payment_id) not in (select tender_id, payment_id from r_barred)
  and md5(concat_ws(chr(31), 'tender_payment', tender_id, payment_id))::uuid not in (select match_id from r_suggested);
insert into r_suggested_rows
select s.match_id, unnest(['inner', 'outer']), unnest(['tender', 'payment']), unnest([a.tender_id, a.payment_id]), t.amount
from r_suggested s
join r_apart a on s.match_id = md5(concat_ws(chr(31), 'tender_payment', a.tender_id, a.payment_id))::uuid
join (from r_tenders where tender_id in (select tender_id from r_apart)) t on t.tender_id = a.tender_id
where s.stage = 'refund_apart';
delete from r_open_tenders where tender_id in (select tender_id from r_pairs);
delete from r_open_claims where payment_id in (select payment_id from r_pairs);
create or replace temp table r_waits as select distinct record_id from r_suggested_rows;
