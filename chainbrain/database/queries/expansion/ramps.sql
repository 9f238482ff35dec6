-- One row per opened store and step of age ($step days, the first is 1) of which at least $least_days days are counted: its net sales,
-- and those of the mature stores on the same days, so that a strong season does not look like a fast start. Ordinary days only:
-- holidays and worked weekends move office and mall stores in opposite directions.
with opened as (select unnest($stores::varchar[]) as store_id, unnest($opened::date[]) as opened),
days as (
    select d.store_id, d.day, coalesce(v.amount - v.refunds, 0) as net
    from base.store_days($first, $after) d
    left join base.store_day_sales v on v.store_id = d.store_id and v.business_day = d.day
    where d.state in ('full', 'closed') and d.day not in (select day from base.holidays)
),
peers as (
    select d.day, sum(d.net) as net, count(*) as stores
    from days d join main.stores s on s.store_id = d.store_id
    where d.store_id not in (select store_id from opened) and (s.opened_on is null or d.day >= s.opened_on + $mature_days)
    group by d.day
),
aged as (
    select o.store_id, (d.day - o.opened) // $step + 1 as age, d.net, p.net as peers_net, p.stores, d.day
    from opened o
    join days d on d.store_id = o.store_id and d.day >= o.opened
    join peers p on p.day = d.day
)
select store_id, age, count(*) as days, cast(sum(net) as decimal(18,2)), cast(sum(peers_net) as decimal(18,2)), cast(sum(stores) as bigint)
from aged group by store_id, age having count(*) >= $least_days
union all
-- Age 0 stands for the last two weeks: the nearest thing to a mature level that a young store has.
select store_id, 0, count(*), cast(sum(net) as decimal(18,2)), cast(sum(peers_net) as decimal(18,2)), cast(sum(stores) as bigint)
from (select * from aged qualify day > max(day) over (partition by store_id) - 14) group by store_id
order by 1, 2;
