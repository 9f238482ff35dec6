-- A word on which store came of a kept scenario.
insert into base.scenario_links
select nextval('base.scenario_word_seq'), $entry, $at, $who, cast($scenario as uuid), $candidate, $store, $opened
