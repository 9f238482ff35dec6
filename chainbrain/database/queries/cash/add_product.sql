insert into base.cash_product_words
select nextval('base.cash_word_seq'), $entry, $at, $who, $name, $removed, $lock_days, $lag_days, $cap, $rate, $risk, $said_on
