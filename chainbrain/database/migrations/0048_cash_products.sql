-- Where idle money may be put, as the owner typed it in: nothing here is known to us or recommended by us. Append-only; the last word on
-- a name counts, one that is removed takes it back. rate is the yield of a year that the owner assumes, said_on the day of it.
create table base.cash_product_words (
    word_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null, name varchar not null, removed boolean not null,
    lock_days integer not null, lag_days integer not null, cap decimal(18,2), rate decimal(9,6) not null, risk varchar not null, said_on date not null
);
create view base.standing_cash_products as
with latest as (
    select w.* from base.cash_product_words w join base.history h on h.entry_id = w.entry_id where h.undone_by is null
    qualify row_number() over (partition by w.name order by w.word_id desc) = 1
)
select * from latest where not removed;
