-- A word on one day of an item of the plan: that it was paid, or, without a day, that it was not.
insert into base.cash_paid_words
select nextval('base.cash_word_seq'), $entry, $at, $who, cast($item as uuid), $due, $paid_on, cast($line as uuid)
