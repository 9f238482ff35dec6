-- 经营安排: promotions and temporary closures of one store, of a region or (both empty) of all, as the owner typed them in. Append-only;
-- the last word on an event counts, one that is removed takes it back. last_day is the last day on which it holds.
create sequence base.store_event_seq;
create table base.store_event_words (
    word_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null, event_id uuid not null, removed boolean not null,
    kind varchar not null, store_id varchar, region varchar, first_day date not null, last_day date not null, note varchar
);
create view base.standing_store_events as
with latest as (
    select w.* from base.store_event_words w join base.history h on h.entry_id = w.entry_id where h.undone_by is null
    qualify row_number() over (partition by w.event_id order by w.word_id desc) = 1
)
select * from latest where not removed;
