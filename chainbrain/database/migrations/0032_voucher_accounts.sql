-- The user's own accounts for journal lines, and how vouchers are numbered and laid out. Append-only and dated by the history
-- entry; the last word on a part of an account counts alone, one without a code takes it back to the shipped chart.
create sequence base.voucher_word_seq;
create table base.voucher_accounts (
    word_id bigint not null, entry_id bigint not null, role varchar not null, detail varchar, store_code varchar, code varchar, name varchar
);
create table base.voucher_settings (
    word_id bigint not null, entry_id bigint not null, key varchar not null, value varchar
);
create view base.standing_voucher_accounts as
with latest as (
    select w.* from base.voucher_accounts w join base.history h on h.entry_id = w.entry_id where h.undone_by is null
    qualify row_number() over (partition by w.role, w.detail, w.store_code order by w.word_id desc) = 1
)
select * from latest where code is not null;
create view base.standing_voucher_settings as
with latest as (
    select w.* from base.voucher_settings w join base.history h on h.entry_id = w.entry_id where h.undone_by is null
    qualify row_number() over (partition by w.key order by w.word_id desc) = 1
)
select * from latest where value is not null;
