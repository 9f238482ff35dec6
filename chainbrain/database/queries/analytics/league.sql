-- One row per store of the period: sales, the comparable part of them beside its base, what the wallets charged, missing days.
with scope as (select store_id, name, city, ownership, opened_on, format, city_tier from main.stores where $stores is null or list_contains($stores::varchar[], store_id)),
sold as (
    select store_id, sum(amount) as amount, sum(orders) as orders, sum(refunds) as refunds
    from base.store_day_sales where business_day >= $first and business_day < $after group by store_id
),
compared as (
    select p.store_id, sum(n.amount) as amount, sum(b.amount) as base_amount, count(*) as days
    from base.day_pairs($first, $after, $shift) p
    left join base.store_day_sales n on n.store_id = p.store_id and n.business_day = p.day
    left join base.store_day_sales b on b.store_id = p.store_id and b.business_day = p.base_day
    where p.state = 'pair'
    group by p.store_id
),
missed as (
    select store_id, count(*) filter (where state = 'missing') as days, count(*) as expected, count(*) filter (where state = 'part') as part_days
    from base.store_days($first, $after) group by store_id
),
charged as (
    select store_id, sum(fees) as fees, sum(takings) as takings
    from base.daily_takings where business_day >= $first and business_day < $after group by store_id
)
select s.store_id, coalesce(s.name, s.store_id), s.city, s.ownership, coalesce(d.amount, 0), coalesce(d.orders, 0), coalesce(d.refunds, 0),
       c.amount, c.base_amount, coalesce(c.days, 0), coalesce(m.days, 0), coalesce(m.expected, 0), f.fees, f.takings, s.opened_on, s.format, s.city_tier,
       coalesce(m.part_days, 0)
from scope s
left join sold d on d.store_id = s.store_id
left join compared c on c.store_id = s.store_id
left join missed m on m.store_id = s.store_id
left join charged f on f.store_id = s.store_id
where d.store_id is not null or m.store_id is not null
order by coalesce(d.amount, 0) desc, s.store_id
