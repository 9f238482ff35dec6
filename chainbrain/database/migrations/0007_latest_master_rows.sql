-- Which master row counts is decided by what was imported, never by how the rows lie in the file: two tables of one import
-- that name the same store or contract on the same line are told apart by their file.
create or replace view main.stores as
with latest as (
    select * from base.stores
    qualify row_number() over (partition by code order by entry_id desc, line desc, coalesce(sheet, '') desc, row_id desc) = 1
)
select l.code as store_id, l.code, l.name, l.city, l.region, l.ownership, l.opened_on, l.closed_on,
       coalesce(l.day_cutoff, time '00:00:00') as day_cutoff, l.area_m2, l.monthly_rent, l.latitude, l.longitude, l.datum, true as registered
from latest l
union all
select o.code, o.code, null, null, null, null, null, null, time '00:00:00', null, null, null, null, null, false
from (select distinct store_code as code from base.orders union select distinct store_code from base.tenders) o
where o.code not in (select code from base.stores);

create or replace view main.merchant_accounts as
select account_id, channel, merchant_no, terminal_no, store_code as store_id, legal_entity, fee_rate, settlement_rule,
       coalesce(settlement_cutoff, time '24:00:00') as settlement_cutoff, bank_account, valid_from, valid_to
from base.accounts
qualify row_number() over (partition by account_id order by entry_id desc, line desc, coalesce(sheet, '') desc, row_id desc) = 1;
