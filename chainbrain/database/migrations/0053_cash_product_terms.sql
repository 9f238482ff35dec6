-- When a product takes money in and gives it back: until which hour an order counts for its day, whether only on working days, and how much a
-- day. What was typed in before has no such hour, counts every day and knows no limit of a day, as it did.
alter table base.cash_product_words add column cutoff time;
alter table base.cash_product_words add column working_only boolean default false;
alter table base.cash_product_words add column daily_cap decimal(18,2);
drop view base.standing_cash_products;
create view base.standing_cash_products as
with latest as (
    select w.* from base.cash_product_words w join base.history h on h.entry_id = w.entry_id where h.undone_by is null
    qualify row_number() over (partition by w.name order by w.word_id desc) = 1
)
select * from latest where not removed;

-- What must stay when idle money is put away, by legal entity, under nothing for all of them: chosen between safety and yield. The last word
-- counts; one without an amount goes back to the floor.
create table base.cash_band_words (
    word_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null, entity varchar, amount decimal(18,2)
);
create view base.standing_cash_bands as
with latest as (
    select w.* from base.cash_band_words w join base.history h on h.entry_id = w.entry_id where h.undone_by is null
    qualify row_number() over (partition by coalesce(w.entity, '') order by w.word_id desc) = 1
)
select * from latest where amount is not null;
