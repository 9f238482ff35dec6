-- One row per store and legal entity whose accounts are in the list of accounts for it.
select distinct store_id, legal_entity from main.merchant_accounts
where store_id is not null and legal_entity is not null order by all;
