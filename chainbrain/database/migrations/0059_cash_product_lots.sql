-- The least that a product takes at once, and in what steps above it; what was typed in before takes every whole yuan, as it did.
alter table base.cash_product_words add column least decimal(18,2);
alter table base.cash_product_words add column step decimal(18,2);
drop view base.standing_cash_products;
create view base.standing_cash_products as
with latest as (
    select w.* from base.cash_product_words w join base.history h on h.entry_id = w.entry_id where h.undone_by is null
    qualify row_number() over (partition by w.name order by w.word_id desc) = 1
)
select * from latest where not removed;
