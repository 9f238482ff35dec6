-- What a person says of a store's unusual days: ``known`` explains one day, ``quiet`` asks for no alarms of the store from ``day`` to ``until``;
-- one that is removed takes it back. Append-only; the last word on a store, a kind and a day counts.
create sequence base.unusual_word_seq start 1;
create table base.unusual_words (
    word_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null,
    store_id varchar not null, day date not null, kind varchar not null, removed boolean not null, until date, note varchar
);
create view base.standing_unusual_words as
with latest as (
    select w.* from base.unusual_words w join base.history h on h.entry_id = w.entry_id where h.undone_by is null
    qualify row_number() over (partition by w.store_id, w.kind, w.day order by w.word_id desc) = 1
)
select * from latest where not removed;
