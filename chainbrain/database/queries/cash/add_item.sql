-- A word on an item of the plan; a new item gets a number of its own.
insert into base.cash_plan_words
select nextval('base.cash_word_seq'), $entry, $at, $who, coalesce(cast($item as uuid), uuid()), $removed, $day, $party, $kind, $amount, $cycle, $until,
       $note, $grounds
