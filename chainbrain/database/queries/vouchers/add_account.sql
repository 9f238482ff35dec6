-- One word on one account; without a code the shipped one holds again.
insert into base.voucher_accounts
select nextval('base.voucher_word_seq'), $entry, $role, $detail, $store, $code, $name
