insert into base.collecting_words values (nextval('base.collecting_word_seq'), $entry, $at, $who, $store, $way, $since);
