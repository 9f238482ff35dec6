-- A word on a promotion or a closure; a new one gets a number of its own.
insert into base.store_event_words
select nextval('base.store_event_seq'), $entry, $at, $who, coalesce(cast($event as uuid), uuid()), $removed, $kind, $store, $region, $first, $last, $note
