-- A person's word on where rows belong.
insert into base.placements
select nextval('base.placement_seq'), $entry, $at, $who, $kind, $channel, $merchant_no, $terminal_no, $store_hint, $code, $store_code, $name, $city, $valid_from, $valid_to, $file
