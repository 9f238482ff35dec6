-- What an acquirer or aggregator says about the wallet behind its row: which one it was, and that wallet's own number.
alter table base.payments add column channel_order_no varchar;
alter table base.payments add column paid_with varchar;

create or replace view main.payments as
select p.payment_id, p.channel, p.merchant_no, p.external_id, p.merchant_order_no, p.refund_id, p.merchant_refund_no, l.store_id,
       p.occurred_at, l.business_day, p.kind, p.amount, p.fee, cast(p.amount - p.fee as decimal(18,5)) as net, l.settlement_id, p.file_id, p.line,
       p.sheet, p.terminal_no, p.store_hint, p.order_amount, p.commission, p.printed_rate, p.status_text, p.cancelled, p.payer_hash,
       p.settlement_ref, p.payout_account, p.bill_day, l.account_id, p.channel_order_no, p.paid_with
from base.payments p left join base.payment_links l on l.payment_id = p.payment_id;
