-- A word on a kept scenario; a new one gets a number of its own.
insert into base.scenario_words
select nextval('base.scenario_word_seq'), $entry, $at, $who, coalesce(cast($scenario as uuid), uuid()), $removed, $name, $kind, $given, $template, $seed,
       $version, $figures
