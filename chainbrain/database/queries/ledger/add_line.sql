insert into base.ledger_words
values (nextval('base.ledger_word_seq'), $entry, $at, $who, $store, $day, $kind, $amount, $reference, $note);
