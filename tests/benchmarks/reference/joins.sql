-- The plain joins that reconciling needs, each side of each leg once on its keys, with the results kept in the file:
-- what any implementation must at least do on these facts. No recognition of differences, no proof, no explanation.
create schema if not exists reference;

create or replace table reference.till as
select t.tender_id, p.payment_id, t.amount - p.amount as gap
from base.tenders t join base.payments p on p.channel = t.method and p.external_id = t.reference
union all
select t.tender_id, p.payment_id, t.amount - p.amount
from base.tenders t join base.payments p on p.channel = t.method and p.merchant_order_no = t.reference;

create or replace table reference.ledger as
select p.payment_id, w.wallet_line_id, w.amount
from base.payments p join base.wallet_lines w on w.channel = p.channel and w.business_id = coalesce(p.refund_id, p.external_id);

create or replace table reference.payouts as
select p.payment_id, r.settlement_row_id, p.amount - p.fee as net
from base.settlement_rows r join base.payments p
  on p.channel = r.channel and p.merchant_no = r.merchant_no and p.settlement_ref = r.external_id and p.bill_day = r.bill_day;

create or replace table reference.bank as
select w.wallet_line_id, b.bank_line_id
from base.wallet_lines w join base.bank_lines b
  on b.amount = -w.amount and cast(b.posted_at as date) - cast(w.occurred_at as date) between 0 and 5
where w.kind = 'withdrawal';

create or replace table reference.order_sums as
select o.order_id, o.amount - sum(t.amount) as gap
from base.orders o join base.tenders t on t.order_id = o.order_id where not t.is_refund group by o.order_id, o.amount;

-- The members of all matches and the state of every row on every leg, as the book keeps them.
create or replace table reference.members as
select md5(concat_ws('|', tender_id, payment_id))::uuid as match_id, 'inner' as side, 'tender' as record_type, tender_id as record_id from reference.till
union all select md5(concat_ws('|', tender_id, payment_id))::uuid, 'outer', 'payment', payment_id from reference.till
union all select md5(concat_ws('|', 'ledger', payment_id))::uuid, 'inner', 'payment', payment_id from reference.ledger
union all select md5(concat_ws('|', 'ledger', payment_id))::uuid, 'outer', 'wallet_line', wallet_line_id from reference.ledger
union all select md5(concat_ws('|', 'payout', settlement_row_id))::uuid, 'inner', 'payment', payment_id from reference.payouts
union all select md5(concat_ws('|', 'bank', wallet_line_id))::uuid, 'inner', 'wallet_line', wallet_line_id from reference.bank
union all select md5(concat_ws('|', 'bank', wallet_line_id))::uuid, 'outer', 'bank_line', bank_line_id from reference.bank;

create or replace table reference.states as
select 'tender' as record_type, t.tender_id as record_id, 'till' as leg, t.file_id, case when m.tender_id is null then 'difference' else 'matched' end as state
from base.tenders t left join (select distinct tender_id from reference.till) m on m.tender_id = t.tender_id
union all
select 'order', o.order_id, 'till', o.file_id, case when s.gap = 0 then 'matched' else 'difference' end
from base.orders o left join reference.order_sums s on s.order_id = o.order_id
union all
select 'payment', p.payment_id, 'till', p.file_id, case when m.payment_id is null then 'difference' else 'matched' end
from base.payments p left join (select distinct payment_id from reference.till) m on m.payment_id = p.payment_id
union all
select 'payment', p.payment_id, 'ledger', p.file_id, case when m.payment_id is null then 'difference' else 'matched' end
from base.payments p left join (select distinct payment_id from reference.ledger) m on m.payment_id = p.payment_id
union all
select 'wallet_line', w.wallet_line_id, 'ledger', w.file_id, case when m.wallet_line_id is null then 'difference' else 'matched' end
from base.wallet_lines w left join (select distinct wallet_line_id from reference.ledger) m on m.wallet_line_id = w.wallet_line_id;

create or replace table reference.matches as
select match_id, 'confirmed' as state, count(*) as members from reference.members group by match_id;
