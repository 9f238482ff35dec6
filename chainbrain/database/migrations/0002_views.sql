-- The public views: names and columns are a contract with tests, reports and other tools (design, section 4).
create view main.schema_version as select cast(value as integer) as version from base.meta where key = 'schema_version';

-- The latest 门店档案 row of a store counts; stores only ever named by other files appear with their number alone.
create view main.stores as
with latest as (
    select * from base.stores qualify row_number() over (partition by code order by entry_id desc, line desc) = 1
)
select l.code as store_id, l.code, l.name, l.city, l.region, l.ownership, l.opened_on, l.closed_on,
       coalesce(l.day_cutoff, time '00:00:00') as day_cutoff, l.area_m2, l.monthly_rent, l.latitude, l.longitude, l.datum, true as registered
from latest l
union all
select o.code, o.code, null, null, null, null, null, null, time '00:00:00', null, null, null, null, null, false
from (select distinct store_code as code from base.orders union select distinct store_code from base.tenders) o
where o.code not in (select code from base.stores);

create view main.merchant_accounts as
select account_id, channel, merchant_no, terminal_no, store_code as store_id, legal_entity, fee_rate, settlement_rule,
       coalesce(settlement_cutoff, time '24:00:00') as settlement_cutoff, bank_account, valid_from, valid_to
from base.accounts
qualify row_number() over (partition by account_id order by entry_id desc, line desc) = 1;

create view main.source_files as
select f.file_id, f.sha256, f.name, f.format, f.layout, a.account_id, f.first_day, f.last_day, f.row_count, f.control_total, f.imported_at,
       coalesce(f.account_no, w.merchant_no) as account_no, f.encoding, f.new_rows, f.seen_rows, f.suspect_rows, f.broken_rows, f.format_confirmed, f.entry_id
from base.source_files f
left join base.wallet_file_accounts w on w.file_id = f.file_id
left join (
    select merchant_no, min(account_id) as account_id from main.merchant_accounts group by merchant_no having count(distinct account_id) = 1
) a on a.merchant_no = coalesce(f.account_no, w.merchant_no);

create view main.orders as
select order_id, store_code as store_id, order_no, channel, ordered_at, business_day, list_amount, amount, status, file_id, line, sheet, status_text
from base.orders;

create view main.tenders as
select tender_id, order_id, method, amount, paid_at, reference, merchant_no, file_id, line, store_code as store_id, order_no, method_text, is_refund, sheet
from base.tenders;

create view main.payments as
select p.payment_id, p.channel, p.merchant_no, p.external_id, p.merchant_order_no, p.refund_id, p.merchant_refund_no, l.store_id,
       p.occurred_at, l.business_day, p.kind, p.amount, p.fee, cast(p.amount - p.fee as decimal(18,5)) as net, l.settlement_id, p.file_id, p.line,
       p.sheet, p.terminal_no, p.store_hint, p.order_amount, p.commission, p.printed_rate, p.status_text, p.cancelled, p.payer_hash,
       p.settlement_ref, p.payout_account, p.bill_day, l.account_id
from base.payments p left join base.payment_links l on l.payment_id = p.payment_id;

create view main.wallet_lines as
select w.wallet_line_id, w.channel, coalesce(w.merchant_no, a.merchant_no) as merchant_no, w.external_id, w.occurred_at, w.kind, w.amount,
       w.balance, w.reference, w.file_id, w.line, w.sheet, w.business_id, w.kind_text
from base.wallet_lines w left join base.wallet_file_accounts a on a.file_id = w.file_id;

create view main.split_parts as select * from base.split_parts;
create view main.split_lines as
select split_line_id, channel, external_id, payment_external_id, receiver, amount, status, occurred_at, file_id, line, sheet, merchant_no from base.split_lines;

create view main.settlements as
select settlement_id, channel, merchant_no, external_id, first_day, last_day, gross, fee, net, expected_on, payout_account, bank_account
from base.settlements;

create view main.bank_lines as
select bank_line_id, bank_account, posted_at, amount, balance, counterparty, memo, external_id, file_id, line, sheet, counterparty_account from base.bank_lines;

create view main.matches as select match_id, kind, state, stage, solutions, explanation, created_at, created_by from base.matches;
create view main.match_members as select match_id, side, record_type, record_id, amount from base.match_members;
create view main.differences as
select difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, note, channel, cause from base.differences;
create view main.row_states as
select record_type, record_id, leg, file_id, state, match_id, reason, due_on from base.row_states;
create view main.audit_log as select seq, "at", who, what, before, after, previous_hash, hash from base.audit_log;
