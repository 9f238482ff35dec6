-- What kind of VAT taxpayer a store is: general or small_scale; empty where nobody said.
alter table base.stores add column taxpayer varchar;
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
       coalesce(l.day_cutoff, time '00:00:00') as day_cutoff, l.area_m2, l.monthly_rent, l.latitude, l.longitude, l.datum, true as registered, l.taxpayer
from latest l
union all
select n.code, n.code, n.name, n.city, null, null, null, null, time '00:00:00', null, null, null, null, null, true, null from named n
union all
select o.code, o.code, null, null, null, null, null, null, time '00:00:00', null, null, null, null, null, false, null
from (select distinct store_code as code from base.placed_orders union select distinct store_code from base.placed_tenders) o
where o.code not in (select code from base.stores) and o.code not in (select code from named);

-- The VAT rate of a store's sales on a day by its kind of taxpayer, as dated rules: services for a general taxpayer, the reduced
-- rate for a small one while it holds. Nothing where the kind or the rate is not known.
create macro base.vat_rate(taxpayer, on_day) as (
    select try_cast(r.value as decimal(9,6)) from base.standing_rules r
    where (taxpayer = 'general' and r.key = 'vat.general.rate_services'
           or taxpayer = 'small_scale' and r.key in ('vat.small_scale.rate_reduced', 'vat.small_scale.rate'))
      and on_day >= r.valid_from and (r.valid_to is null or on_day < r.valid_to)
    order by r.key = 'vat.small_scale.rate_reduced' desc, r.valid_from desc, r.entry_id desc nulls last limit 1
);

-- An amount without its VAT, half up to the cent. Whole numbers: a division of decimals would not be exact.
create macro base.without_vat(amount, rate) as
    cast((cast(cast(amount as decimal(38,5)) * 100000 as hugeint) * 2000 + 1000000 + cast(rate * 1000000 as hugeint))
         // (2000000 + 2 * cast(rate * 1000000 as hugeint)) as decimal(18,0)) * cast(0.01 as decimal(2,2));
