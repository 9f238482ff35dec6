-- A person's word on how a merchant's money reaches the bank.
insert into base.habit_words
select nextval('base.habit_word_seq'), $entry, $at, $who, $channel, $merchant, $learned, $rule, $cutoff, $fees, $merged
