-- What kind of receiver it is: brand, region, franchisee, supplier, staff, platform.
alter table base.split_rules add column receiver_kind varchar;

-- A rule as a person wrote it at the desk. Append-only; a row with the stores, channel, receiver and start of a standing one
-- takes its place, which is also how a rule is ended. line is its place among the others, as in a table.
create sequence base.split_rule_word_seq;
create table base.split_rule_words (
    word_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null,
    name varchar not null, store_code varchar, channel varchar, receiver varchar not null, receiver_kind varchar, receiver_account varchar,
    basis varchar not null, way varchar not null, rate decimal(9,6), fixed decimal(18,2), tiers json, cap decimal(9,6),
    valid_from date, valid_to date, line bigint not null
);

-- The rules as they stand. Of those for the same stores, channel, receiver and start, the one written last counts, whoever
-- wrote it.
drop view main.split_rules;
create view main.split_rules as
with written as (
    select row_id as split_rule_id, name, store_code, channel, receiver, receiver_account, basis, way, rate, fixed, tiers, cap, valid_from, valid_to,
           file_id, line, receiver_kind, entry_id, 0 as word_id, sheet
    from base.split_rules
    union all
    select cast(md5(concat_ws(chr(31), 'split_rule', w.word_id, w.name, w.receiver)) as uuid), w.name, w.store_code, w.channel, w.receiver, w.receiver_account,
           w.basis, w.way, w.rate, w.fixed, w.tiers, w.cap, w.valid_from, w.valid_to, null, w.line, w.receiver_kind, w.entry_id, w.word_id, null
    from base.split_rule_words w join base.history h on h.entry_id = w.entry_id
    where h.undone_by is null
)
select split_rule_id, name, store_code as store_id, channel, receiver, receiver_account, basis, way, rate, fixed, tiers, cap, valid_from, valid_to,
       file_id, line, receiver_kind, entry_id
from written
qualify row_number() over (
    partition by name, store_code, channel, receiver, valid_from
    order by entry_id desc, word_id desc, line desc, coalesce(sheet, '') desc, split_rule_id desc
) = 1;
