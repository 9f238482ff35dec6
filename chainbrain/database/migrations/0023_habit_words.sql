-- A person's word on how a merchant's money reaches the bank. Append-only and dated by its history entry; the last word on
-- a merchant number counts alone. What it leaves open stays as the deposits say; ``learned`` takes all of it back to them.
create sequence base.habit_word_seq;
create table base.habit_words (
    habit_word_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null,
    channel varchar not null, merchant varchar not null, learned boolean not null,
    rule varchar, cutoff integer, fees varchar, merged boolean          -- as in base.payout_habits
);

-- The word that stands per merchant number.
create view base.standing_habit_words as
with latest as (
    select w.* from base.habit_words w join base.history h on h.entry_id = w.entry_id where h.undone_by is null
    qualify row_number() over (partition by w.channel, w.merchant order by w.habit_word_id desc) = 1
)
select * from latest where not learned;

-- The merchant numbers of which only the deposits show how they are paid out, with or without a habit. Rewritten whenever
-- rows are attributed.
create table base.straight_merchants (channel varchar not null, merchant varchar not null, bank_account varchar not null);

alter table base.payout_habits add column next_rule varchar;
alter table base.payout_habits add column next_fees varchar;
