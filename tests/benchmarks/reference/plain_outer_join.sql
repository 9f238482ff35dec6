-- What any implementation must at least do on these facts: each side of each leg joined once on its keys by a full outer
-- join, every row classified, and matches, members and states of the same size written down. No proof, no explanation.
create schema if not exists reference;
create or replace table reference.till as
select t.tender_id, p.payment_id, t.amount as due, p.amount as paid,
       case when p.payment_id is null then 'till_only' when t.tender_id is null then 'wallet_only' when t.amount <> p.amount then 'amount'
            when cast(t.paid_at as date) <> cast(p.occurred_at as date) then 'day' else 'matched' end as verdict
from base.tenders t
full join base.payments p
  on p.channel = t.method and p.merchant_no = t.merchant_no and p.kind = if(t.is_refund, 'refund', 'payment')
 and p.external_id = t.reference;
create or replace table reference.ledger as
select p.payment_id, w.wallet_line_id, p.amount - p.fee as due, w.amount as booked,
       case when w.wallet_line_id is null then 'missing' when p.payment_id is null then 'extra' when round(p.amount - p.fee, 2) <> w.amount then 'amount' else 'matched' end as verdict
from (from base.payments where channel = 'alipay') p
full join (from base.wallet_lines where kind <> 'withdrawal') w on w.channel = p.channel and w.business_id = coalesce(p.refund_id, p.external_id);
create or replace table reference.bank as
select w.wallet_line_id, b.bank_line_id, case when b.bank_line_id is null then 'late' when w.wallet_line_id is null then 'unexpected' else 'matched' end as verdict
from (select *, -amount as out from base.wallet_lines where kind = 'withdrawal') w
full join base.bank_lines b on b.amount = w.out and cast(b.posted_at as date) = cast(w.occurred_at as date) + 1;
create or replace table reference.order_sums as
select o.order_id, o.file_id, case when s.paid is null then 'open' when s.paid <> o.amount then 'amount' else 'matched' end as verdict
from base.orders o left join (select order_id, sum(amount) as paid from base.tenders where not is_refund group by order_id) s on s.order_id = o.order_id;
create or replace table reference.members as
select md5(concat_ws('|', tender_id, payment_id))::uuid as match_id, unnest(['inner', 'outer']) as side, unnest(['tender', 'payment']) as record_type,
       unnest([tender_id, payment_id]) as record_id, unnest([due, paid]) as amount
from reference.till where tender_id is not null and payment_id is not null
union all
select md5(concat_ws('|', payment_id, wallet_line_id))::uuid, unnest(['inner', 'outer']), unnest(['payment', 'wallet_line']), unnest([payment_id, wallet_line_id]), unnest([due, booked])
from reference.ledger where payment_id is not null and wallet_line_id is not null
union all
select md5(concat_ws('|', wallet_line_id, bank_line_id))::uuid, unnest(['inner', 'outer']), unnest(['wallet_line', 'bank_line']), unnest([wallet_line_id, bank_line_id]), null
from reference.bank where wallet_line_id is not null and bank_line_id is not null;
create or replace table reference.matches as
select match_id, 'confirmed' as state, count(*) as members, min(amount) as amount from reference.members group by match_id;
create or replace table reference.states as
select 'tender' as record_type, t.tender_id as record_id, 'till' as leg, b.file_id, t.verdict from reference.till t join base.tenders b on b.tender_id = t.tender_id
union all
select 'payment', t.payment_id, 'till', b.file_id, t.verdict from reference.till t join base.payments b on b.payment_id = t.payment_id
union all
select 'payment', l.payment_id, 'ledger', b.file_id, l.verdict from reference.ledger l join base.payments b on b.payment_id = l.payment_id
union all
select 'wallet_line', l.wallet_line_id, 'ledger', b.file_id, l.verdict from reference.ledger l join base.wallet_lines b on b.wallet_line_id = l.wallet_line_id
union all
select 'order', order_id, 'till', file_id, verdict from reference.order_sums
union all
select 'wallet_line', wallet_line_id, 'bank', null, verdict from reference.bank where wallet_line_id is not null
union all
select 'bank_line', bank_line_id, 'bank', null, verdict from reference.bank where bank_line_id is not null;
create or replace table reference.differences as
select record_type, record_id, leg, verdict from reference.states where verdict <> 'matched';
