-- One row per kind of store-day (new, closed, gap, calendar, pair) and sales channel (or daypart): receipts and orders now and
-- before. The kinds and parts divide the receipts of both periods exactly once. Names the stores (new, closed, gap, each
-- with its receipts now and before, the largest change first) or days (calendar).
with scope as (select store_id, name, region, city from base.known_stores where $stores is null or list_contains($stores::varchar[], store_id)),
sales as materialized (
    select store_id, business_day, part, amount, orders from base.daily_parts semi join scope using (store_id)
    where divided = if($by = 'daypart', 'daypart', 'channel')
      and ((business_day >= $first and business_day < $after) or (business_day >= $first - $shift and business_day < $after - $shift))
),
pairs as materialized (select p.* from base.day_pairs($first, $after, $shift) p semi join scope using (store_id)),
sides as (
    select p.state, s.part, p.store_id, p.day, p.base_day, s.amount as now, s.orders as now_orders, 0 as base, 0 as base_orders
    from pairs p join sales s on s.store_id = p.store_id and s.business_day = p.day
    union all
    select p.state, s.part, p.store_id, p.day, p.base_day, 0, 0, s.amount, s.orders
    from pairs p join sales s on s.store_id = p.store_id and s.business_day = p.base_day
),
holidays as (
    select d.state, d.part, list(distinct coalesce(h.name, e.note) order by coalesce(h.name, e.note)) as names
    from (select state, part, store_id, unnest([day, base_day]) as day from sides where state = 'calendar') d
    join scope c on c.store_id = d.store_id
    left join base.holidays h on h.day = d.day
    left join base.standing_store_events e on e.kind = 'holiday' and d.day between e.first_day and e.last_day
         and coalesce(e.store_id, c.store_id) = c.store_id and (e.region is null or e.region = c.region or e.region = c.city)
    where coalesce(h.name, e.note) is not null
    group by d.state, d.part
),
about as (
    select state, list([name, cast(now as varchar), cast(base as varchar)] order by abs(now - base) desc, name) as stores
    from (
        select d.state, coalesce(c.name, d.store_id) as name, sum(d.now) as now, sum(d.base) as base
        from sides d join scope c on c.store_id = d.store_id
        where d.state in ('new', 'closed', 'gap') group by d.state, d.store_id, c.name
    )
    group by state
)
select d.state, d.part, sum(d.now), sum(d.now_orders), sum(d.base), sum(d.base_orders),
       any_value(a.stores), any_value(h.names), count(distinct d.day)
from sides d
join scope c on c.store_id = d.store_id
left join holidays h on h.state = d.state and h.part = d.part
left join about a on a.state = d.state
group by d.state, d.part
order by d.state, d.part
