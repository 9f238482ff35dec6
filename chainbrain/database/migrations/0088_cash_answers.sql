-- What a person said of a planned payment that no statement shows as paid: that it was, on which day, and, where that was chosen,
-- which line of a bank paid it (or brought it, of what was to be received). due is the day of the plan that is meant: of an item
-- that comes again each of its days is answered by itself. Append-only; the last word on a day counts, and without a day of payment
-- it takes the answer back.
create table base.cash_paid_words (
    word_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null, cash_plan_id uuid not null, due date not null,
    paid_on date, bank_line_id uuid
);
create view base.standing_cash_paid as
with latest as (
    select w.* from base.cash_paid_words w join base.history h on h.entry_id = w.entry_id where h.undone_by is null
    qualify row_number() over (partition by w.cash_plan_id, w.due order by w.word_id desc) = 1
)
select * from latest where paid_on is not null;

-- Whether a planned payment of one day is one that comes again to the same payee anyway ('same'), or another one ('other'). Append-only;
-- the last word on a day counts, and one without an answer takes it back.
create table base.cash_twice_words (
    word_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null, cash_plan_id uuid not null, due date not null,
    answer varchar
);
create view base.standing_cash_twice as
with latest as (
    select w.* from base.cash_twice_words w join base.history h on h.entry_id = w.entry_id where h.undone_by is null
    qualify row_number() over (partition by w.cash_plan_id, w.due order by w.word_id desc) = 1
)
select * from latest where answer is not null;
