-- 月结: months that were signed and locked, what each of them stood on, and what it came to. Append-only: a month that is opened
-- again keeps its older versions. entry_id is the history entry of the close; its audit row holds the hash of everything kept.
create table base.month_closes (
    entry_id bigint primary key, month date not null, version integer not null, signed_by varchar not null, signed_at timestamp not null,
    reason varchar, accepted varchar[] not null, content_hash varchar not null
);
create table base.month_reopenings (
    entry_id bigint primary key, close_entry bigint not null, month date not null, reopened_by varchar not null, reopened_at timestamp not null,
    reason varchar not null
);
-- The closes that hold. A month is closed after all before it and opened again before none after it, so they follow each other.
create view base.standing_closes as
from base.month_closes where entry_id not in (select close_entry from base.month_reopenings);

-- What was locked. A figure is found by section, subject and detail (a store, a channel, an account, a code ...).
create table base.month_figures (
    entry_id bigint not null, section varchar not null, subject varchar not null, detail varchar not null, part varchar not null,
    amount decimal(18,5) not null, items bigint not null
);
create table base.month_files (
    entry_id bigint not null, file_id uuid not null, sha256 varchar not null, container_sha256 varchar not null, member varchar, name varchar not null,
    format varchar not null, first_day date, last_day date, row_count bigint not null, import_entry bigint not null
);
create table base.month_rules (entry_id bigint not null, kind varchar not null, content varchar not null);
create table base.month_differences (
    entry_id bigint not null, difference_id uuid not null, code varchar not null, state varchar not null, cause varchar, store_id varchar,
    channel varchar, business_day date, due_on date, amount decimal(18,5) not null, record_type varchar not null, record_id uuid not null,
    note varchar, verdict varchar, decided_by varchar, decided_at timestamp
);
create table base.month_decisions (
    entry_id bigint not null, decision_id bigint not null, decision_entry bigint not null, "at" timestamp not null, who varchar not null,
    subject_type varchar not null, subject_id uuid not null, verdict varchar not null, note varchar, expected_on date
);
-- Confirmed matches, and the members of those at the bank.
create table base.month_matches (entry_id bigint not null, match_id uuid not null, kind varchar not null, stage varchar not null);
create table base.month_members (
    entry_id bigint not null, match_id uuid not null, side varchar not null, record_type varchar not null, record_id uuid not null, amount decimal(18,5) not null
);
-- What had reached the bank, and what was still on its way at the end.
create table base.month_received (entry_id bigint not null, bank_line_id uuid not null, channel varchar not null, merchant varchar not null, amount decimal(18,5) not null);
create table base.month_open_items (
    entry_id bigint not null, channel varchar not null, merchant varchar not null, standing varchar not null, record_type varchar, record_id uuid,
    amount decimal(18,5) not null
);
-- How the rows of every table of facts looked: of these columns, in no order.
create table base.month_facts (entry_id bigint not null, table_name varchar not null, columns varchar[] not null, rows bigint not null, content_hash varchar not null);

-- The first month in which a file's rows can count: of files that came after the close, the next open one (前期).
create view base.file_floors as
select f.file_id, coalesce(min(k.month), (select cast(max(month) + interval 1 month as date) from base.standing_closes)) as floor
from base.source_files f
left join (
    select m.file_id, c.month from base.month_files m join base.standing_closes c on c.entry_id = m.entry_id
) k on k.file_id = f.file_id
group by f.file_id;

create view main.month_closes as
select c.month, c.version, if(r.entry_id is null, 'closed', 'reopened') as state, c.signed_by, c.signed_at, c.reason, c.accepted,
       r.reopened_by, r.reopened_at, r.reason as reopened_for, c.content_hash, c.entry_id
from base.month_closes c left join base.month_reopenings r on r.close_entry = c.entry_id;
create view main.month_figures as
select c.month, c.version, f.section, f.subject, f.detail, f.part, f.amount, f.items
from base.month_figures f join base.month_closes c on c.entry_id = f.entry_id;
create view main.month_differences as
select c.month, c.version, d.* exclude (entry_id) from base.month_differences d join base.month_closes c on c.entry_id = d.entry_id;
create view main.month_files as
select c.month, c.version, f.* exclude (entry_id) from base.month_files f join base.month_closes c on c.entry_id = f.entry_id;
