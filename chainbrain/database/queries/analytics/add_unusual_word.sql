insert into base.unusual_words
select nextval('base.unusual_word_seq'), $entry, $at, $who, $store, $day, $kind, $removed, $until, $note
