-- A word on one day of an item: that it is the same as a payment that comes again, or another one; without an answer it is taken back.
insert into base.cash_twice_words select nextval('base.cash_word_seq'), $entry, $at, $who, cast($item as uuid), $due, $answer
