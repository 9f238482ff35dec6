-- A payment from a file that names no shop shows the merchant number that was found for its file, as its ledger lines do.
create or replace view main.payments as
select p.payment_id, p.channel, coalesce(p.merchant_no, a.merchant_no) as merchant_no, p.external_id, p.merchant_order_no, p.refund_id,
       p.merchant_refund_no, l.store_id, p.occurred_at, l.business_day, p.kind, p.amount, p.fee, cast(p.amount - p.fee as decimal(18,5)) as net,
       l.settlement_id, p.file_id, p.line, p.sheet, p.terminal_no, p.store_hint, p.order_amount, p.commission, p.printed_rate, p.status_text,
       p.cancelled, p.payer_hash, p.settlement_ref, p.payout_account, p.bill_day, l.account_id, p.channel_order_no, p.paid_with
from base.payments p
left join base.payment_links l on l.payment_id = p.payment_id
left join base.wallet_file_accounts a on a.file_id = p.file_id and a.channel = p.channel;
