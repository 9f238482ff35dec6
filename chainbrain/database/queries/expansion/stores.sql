-- One row per store that ever sold: where it stands, since when it is open (its list entry or, failing that, the first sale,
-- when that came clearly after the book's first day), and its net sales and counted days in [$first, $after) once it was mature.
with lives as (
    select store_id, min(business_day) as first_sale, max(business_day) as last_sale from base.store_day_sales group by store_id
),
known as (
    select s.*, l.first_sale, l.last_sale,
           coalesce(s.opened_on, case when l.first_sale > (select min(first_sale) from lives) + 6 then l.first_sale end) as opened
    from main.stores s join lives l on l.store_id = s.store_id
),
counted as (
    -- A day without a till file is not a day without sales.
    select d.store_id, count(*) as days, sum(coalesce(v.amount - v.refunds, 0)) as net
    from base.store_days($first, $after) d
    join known k on k.store_id = d.store_id
    left join base.store_day_sales v on v.store_id = d.store_id and v.business_day = d.day
    where d.state in ('full', 'closed') and (k.opened is null or d.day >= k.opened + $mature_days)
    group by d.store_id
)
select k.store_id, coalesce(k.name, k.store_id), k.city, k.ownership, k.opened, k.closed_on, k.monthly_rent, k.latitude, k.longitude, k.datum, k.format, k.city_tier, k.area_m2,
       coalesce(c.days, 0), cast(coalesce(c.net, 0) as decimal(18,2))
from known k left join counted c on c.store_id = k.store_id
order by k.store_id;
