insert into base.cash_band_words select nextval('base.cash_word_seq'), $entry, $at, $who, $entity, $amount
