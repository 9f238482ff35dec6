-- What will have to be paid as a person wrote it at the desk: an item of its own, another wording of one that stands, or its end.
-- Append-only; of all that was written of an item the last counts, whoever wrote it. grounds names the payments of the past from
-- which an item was proposed.
create sequence base.cash_word_seq;
create table base.cash_plan_words (
    word_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null, cash_plan_id uuid not null, removed boolean not null,
    day date not null, party varchar not null, kind varchar not null, amount decimal(18,2) not null, cycle varchar not null, until date, note varchar,
    grounds varchar
);
-- What must stay in the accounts of a legal entity, or of the whole chain where none is named; without an amount the word is taken back.
create table base.cash_floor_words (
    word_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null, entity varchar, amount decimal(18,2)
);
create view base.standing_cash_floors as
with latest as (
    select w.* from base.cash_floor_words w join base.history h on h.entry_id = w.entry_id where h.undone_by is null
    qualify row_number() over (partition by w.entity order by w.word_id desc) = 1
)
select * from latest where amount is not null;

-- Amounts are what has to be paid; below 0 what will be received.
drop view main.cash_plans;
create view main.cash_plans as
with written as (
    select p.cash_plan_id, p.day, p.party, p.kind, p.amount, p.cycle, p.until, p.note, p.file_id, p.line, f.entry_id, 0 as word_id, false as removed,
           cast(null as varchar) as grounds
    from base.cash_plans p left join base.source_files f on f.file_id = p.file_id
    union all
    select w.cash_plan_id, w.day, w.party, w.kind, w.amount, w.cycle, w.until, w.note, null, null, w.entry_id, w.word_id, w.removed, w.grounds
    from base.cash_plan_words w join base.history h on h.entry_id = w.entry_id where h.undone_by is null
), latest as (
    select * from written
    qualify row_number() over (partition by cash_plan_id order by entry_id desc nulls last, word_id desc, line desc nulls last) = 1
)
select cash_plan_id, day, party, kind, amount, cycle, until, note, file_id, line, entry_id, grounds from latest where not removed;
