-- A word on money in a product; a new one gets a number of its own.
insert into base.cash_placement_words
select nextval('base.cash_word_seq'), $entry, $at, $who, coalesce(cast($placement as uuid), uuid()), $removed, $product, $entity, $amount, $put_on, $back_on
