-- The book: facts and decisions in schema base, the public views in schema main (0002_views.sql).
-- Amounts are yuan, DECIMAL(18,2); fee and net DECIMAL(18,5). Moments are naive Asia/Shanghai time.
create schema base;

create table base.meta (key varchar primary key, value varchar not null);

-- One row per thing that was written: an import run, a reconciliation, a decision, an edited rule, an undo.
create sequence base.history_seq;
create table base.history (
    entry_id bigint primary key, "at" timestamp not null, who varchar not null, kind varchar not null,
    facts json not null, undoable boolean not null, undoes bigint, undone_by bigint
);
create table base.audit_log (
    seq bigint primary key, "at" timestamp not null, who varchar not null, what varchar not null,
    before json, after json, previous_hash varchar not null, hash varchar not null
);

-- ---------------------------------------------------------------- rules and calendar (editable; seeds in resources/rules)
create table base.rules (
    key varchar not null, value varchar not null, unit varchar, valid_from date not null, valid_to date,
    source varchar, checked_on date, note varchar
);
create table base.holidays (
    day date primary key, kind varchar not null,        -- holiday (day off) or workday (a weekend worked, 调休)
    name varchar not null, projected boolean not null   -- projected: the official notice was not out yet
);

-- ---------------------------------------------------------------- source files
create table base.source_files (
    file_id uuid primary key, sha256 varchar not null, container_sha256 varchar not null, member varchar,
    name varchar not null, format varchar not null, layout varchar, encoding varchar, account_no varchar,
    first_day date, last_day date, row_count bigint not null, control_total varchar not null, controls json not null,
    new_rows bigint not null, seen_rows bigint not null, suspect_rows bigint not null, broken_rows bigint not null,
    format_confirmed boolean not null, imported_at timestamp not null, entry_id bigint not null
);
-- Rows of an imported file that were not written, and why; one row per problem.
create table base.left_out_rows (
    file_id uuid not null, sheet varchar, line bigint not null, state varchar not null, column_name varchar, value varchar, code varchar not null
);
-- Later sightings of a row that another file brought first: when that file is undone, the row moves here instead of vanishing.
create table base.sightings (record_type varchar not null, record_id uuid not null, file_id uuid not null, sheet varchar, line bigint not null);
-- What a file vouches for: on this day this source is complete (kind till: store; kind wallet, ledger, platform, bank: account).
create table base.coverage (kind varchar not null, channel varchar, account_no varchar not null, day date not null, file_id uuid not null);

-- ---------------------------------------------------------------- master tables
create table base.stores (
    code varchar not null, name varchar, city varchar, region varchar, ownership varchar, opened_on date, closed_on date,
    day_cutoff time, area_m2 decimal(12,2), monthly_rent decimal(18,2), latitude double, longitude double, datum varchar,
    row_id uuid not null, file_id uuid not null, sheet varchar, line bigint not null, entry_id bigint not null
);
create table base.accounts (
    row_id uuid not null, account_id uuid not null, channel varchar not null, merchant_no varchar not null, terminal_no varchar, store_code varchar,
    legal_entity varchar, fee_rate decimal(9,6), settlement_rule varchar, settlement_cutoff time, bank_account varchar,
    valid_from date, valid_to date, file_id uuid not null, sheet varchar, line bigint not null, entry_id bigint not null
);
create table base.openings (
    opening_id uuid not null, kind varchar not null, channel varchar, account_no varchar, store_code varchar, day date not null,
    balance decimal(18,2) not null, file_id uuid not null, sheet varchar, line bigint not null
);
create table base.cash_counts (
    cash_count_id uuid not null, store_code varchar not null, business_day date not null, shift varchar, cashier varchar,
    opening_float decimal(18,2), sales decimal(18,2), refunds decimal(18,2), paid_out decimal(18,2), banked decimal(18,2),
    counted decimal(18,2), file_id uuid not null, sheet varchar, line bigint not null
);
create table base.stored_value_lines (
    stored_value_line_id uuid not null, store_code varchar not null, occurred_at timestamp not null, kind varchar not null,
    amount decimal(18,2) not null, principal decimal(18,2), bonus decimal(18,2), member_hash varchar, reference varchar,
    file_id uuid not null, sheet varchar, line bigint not null
);

-- ---------------------------------------------------------------- facts
create table base.orders (
    order_id uuid not null, store_code varchar not null, order_no varchar not null, channel varchar, ordered_at timestamp,
    business_day date not null, list_amount decimal(18,2), amount decimal(18,2) not null, status varchar not null, status_text varchar,
    file_id uuid not null, sheet varchar, line bigint not null
);
create table base.tenders (
    tender_id uuid not null, order_id uuid not null, store_code varchar not null, order_no varchar not null, method varchar not null,
    method_text varchar, amount decimal(18,2) not null, is_refund boolean not null, paid_at timestamp, merchant_no varchar,
    reference varchar, file_id uuid not null, sheet varchar, line bigint not null
);
create table base.payments (
    payment_id uuid not null, channel varchar not null, merchant_no varchar not null, terminal_no varchar, store_hint varchar,
    external_id varchar, merchant_order_no varchar, refund_id varchar, merchant_refund_no varchar, occurred_at timestamp not null,
    kind varchar not null, amount decimal(18,2) not null, order_amount decimal(18,2), fee decimal(18,5) not null,
    commission decimal(18,5), printed_rate decimal(9,6), status_text varchar, cancelled boolean not null, payer_hash varchar,
    settlement_ref varchar, payout_account varchar, bill_day date, file_id uuid not null, sheet varchar, line bigint not null
);
create table base.wallet_lines (
    wallet_line_id uuid not null, channel varchar not null, merchant_no varchar, external_id varchar not null, business_id varchar,
    occurred_at timestamp not null, kind varchar not null, kind_text varchar, amount decimal(18,2) not null, balance decimal(18,2),
    reference varchar, file_id uuid not null, sheet varchar, line bigint not null
);
create table base.split_lines (
    split_line_id uuid not null, channel varchar not null, merchant_no varchar, external_id varchar, payment_external_id varchar, receiver varchar,
    amount decimal(18,2) not null, status varchar, occurred_at timestamp, file_id uuid not null, sheet varchar, line bigint not null
);
-- One row per store and bill day inside a payout (账单明细); payouts are made of these.
create table base.settlement_rows (
    settlement_row_id uuid not null, channel varchar not null, merchant_no varchar not null, external_id varchar, payout_account varchar,
    bill_day date not null, amount decimal(18,2) not null, pays_on date, status_text varchar,
    file_id uuid not null, sheet varchar, line bigint not null
);
create table base.bank_lines (
    bank_line_id uuid not null, bank_account varchar not null, posted_at timestamp not null, amount decimal(18,2) not null,
    balance decimal(18,2), counterparty varchar, counterparty_account varchar, memo varchar, external_id varchar,
    file_id uuid not null, sheet varchar, line bigint not null
);

-- ---------------------------------------------------------------- derived from the facts (rewritten by "attribute" and "reconcile")
create table base.payment_links (payment_id uuid not null, account_id uuid, store_id varchar, business_day date not null, settlement_id uuid);
create table base.wallet_file_accounts (file_id uuid not null, channel varchar not null, merchant_no varchar not null, how varchar not null);
create table base.settlements (
    settlement_id uuid not null, channel varchar not null, merchant_no varchar, external_id varchar, payout_account varchar, bank_account varchar,
    first_day date, last_day date, gross decimal(18,2), fee decimal(18,5), net decimal(18,5), expected_on date, file_id uuid not null
);
create table base.split_parts (
    split_part_id uuid not null, payment_id uuid not null, rule varchar not null, receiver varchar not null, amount decimal(18,2) not null
);
create table base.matches (
    match_id uuid not null, kind varchar not null, state varchar not null, stage varchar not null, solutions integer not null,
    explanation json, created_at timestamp not null, created_by varchar not null
);
create table base.match_members (
    match_id uuid not null, side varchar not null, record_type varchar not null, record_id uuid not null, amount decimal(18,5) not null
);
create table base.differences (
    difference_id uuid not null, code varchar not null, state varchar not null, store_id varchar, business_day date, due_on date,
    amount decimal(18,5) not null, record_type varchar not null, record_id uuid not null, note varchar, channel varchar, cause varchar
);
create table base.row_states (
    record_type varchar not null, record_id uuid not null, leg varchar not null, file_id uuid, state varchar not null,
    match_id uuid, reason varchar, due_on date
);
-- A person's word on a difference or a match; append-only, the last one of a subject counts.
create table base.decisions (
    decision_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null, subject_type varchar not null,
    subject_id uuid not null, verdict varchar not null, note varchar
);
create sequence base.decision_seq;
-- One row per store, business day, channel and daypart; what the analytics room reads.
create table base.daily_sales (
    store_id varchar not null, business_day date not null, channel varchar not null, daypart varchar not null, hour integer not null,
    orders bigint not null, list_amount decimal(18,2) not null, discount decimal(18,2) not null, amount decimal(18,2) not null,
    refunds decimal(18,2) not null, refund_count bigint not null
);
