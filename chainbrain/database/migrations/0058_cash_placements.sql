-- Money that lies in a product, as the owner typed it in: it has left the bank account on put_on and is there again on back_on; without that day
-- it can be asked back and nobody did. Append-only; the last word on a placement counts, one that is removed takes it back. entity is whose it is.
create table base.cash_placement_words (
    word_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null, placement_id uuid not null, removed boolean not null,
    product varchar not null, entity varchar not null, amount decimal(18,2) not null, put_on date not null, back_on date
);
create view base.standing_cash_placements as
with latest as (
    select w.* from base.cash_placement_words w join base.history h on h.entry_id = w.entry_id where h.undone_by is null
    qualify row_number() over (partition by w.placement_id order by w.word_id desc) = 1
)
select * from latest where not removed;
