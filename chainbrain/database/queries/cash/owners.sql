-- The legal entities that the tables of accounts name.
select distinct legal_entity from main.merchant_accounts where legal_entity is not null order by all
