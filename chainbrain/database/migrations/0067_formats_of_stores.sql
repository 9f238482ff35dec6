-- What kind of store it is (street, mall, neighbourhood …) and which tier its city has, both in the owner's own words; empty where nobody said.
alter table base.stores add column format varchar;
alter table base.stores add column city_tier varchar;
create or replace view main.stores as
with latest as (
    select * from base.stores
    qualify row_number() over (partition by code order by entry_id desc, line desc, coalesce(sheet, '') desc, row_id desc) = 1
), named as (
    select store_code as code, name, city from base.standing_placements
    where kind = 'store' and store_code not in (select code from base.stores) and name is not null
    qualify row_number() over (partition by store_code order by placement_id desc) = 1
)
select l.code as store_id, l.code, l.name, l.city, l.region, l.ownership, l.opened_on, l.closed_on,
       coalesce(l.day_cutoff, time '00:00:00') as day_cutoff, l.area_m2, l.monthly_rent, l.latitude, l.longitude, l.datum, true as registered, l.taxpayer,
       l.format, l.city_tier
from latest l
union all
select n.code, n.code, n.name, n.city, null, null, null, null, time '00:00:00', null, null, null, null, null, true, null, null, null from named n
union all
select o.code, o.code, null, null, null, null, null, null, time '00:00:00', null, null, null, null, null, false, null, null, null
from (select distinct store_id as code from base.seen_store_days) o
where o.code not in (select code from base.stores) and o.code not in (select code from named);
