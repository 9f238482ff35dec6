-- One word on how vouchers are made; without a value the shipped one holds again.
insert into base.voucher_settings
select nextval('base.voucher_word_seq'), $entry, $key, $value
