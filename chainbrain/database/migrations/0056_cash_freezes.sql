-- Cash forecasts that a person froze, to be held against what really came: what was foreseen then, day by day and item by item, under the
-- entry of the history that froze it. Append-only; a freeze that is undone is none. digest is of everything it rested on.
create table base.cash_freezes (
    entry_id bigint not null, "at" timestamp not null, who varchar not null, name varchar not null, known_to date not null, with_irregular boolean not null,
    digest varchar not null
);
-- One row per path: a legal entity, or all of them together where none is named.
create table base.cash_freeze_paths (entry_id bigint not null, entity varchar, opening decimal(18,2) not null, floor decimal(18,2));
create table base.cash_freeze_days (
    entry_id bigint not null, entity varchar, day date not null, settlements decimal(18,2) not null, receipts decimal(18,2) not null,
    planned decimal(18,2) not null, irregular decimal(18,2) not null, expected decimal(18,2) not null, p5 decimal(18,2) not null,
    p50 decimal(18,2) not null, p95 decimal(18,2) not null
);
-- One row per item and day on which it was to be paid; steady: no plan knew it, the bank's history did.
create table base.cash_freeze_dues (
    entry_id bigint not null, day date not null, entity varchar not null, kind varchar not null, amount decimal(18,2) not null, note varchar,
    steady boolean not null
);
create view base.standing_cash_freezes as
select f.* from base.cash_freezes f join base.history h on h.entry_id = f.entry_id where h.undone_by is null;

-- Steady payments of the bank of which a person said that they will not come again: a word is of a payee, its rhythm, its account and
-- amounts alike. Undoing it is how they come again.
create table base.cash_proposal_words (
    word_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null, account varchar not null, payee varchar not null,
    cycle varchar not null, amount decimal(18,2) not null
);
create view base.dismissed_cash_proposals as
select w.account, w.payee, w.cycle, w.amount, w.word_id from base.cash_proposal_words w join base.history h on h.entry_id = w.entry_id
where h.undone_by is null;
