-- One row per store, business day, way to divide the day (divided: channel or daypart) and part: what it sold and gave back. What the screens
-- ask of the hourly sales by channel or by daypart, over months and all stores; another daily fact (0064).
create table base.daily_parts (
    store_id varchar not null, business_day date not null, divided varchar not null, part varchar not null, orders bigint not null,
    amount decimal(18,2) not null, refunds decimal(18,2) not null
);
create view base.daily_parts_of_rows as
select store_id, business_day, 'channel' as divided, channel as part, cast(sum(orders) as bigint) as orders,
       cast(sum(amount) as decimal(18,2)) as amount, cast(sum(refunds) as decimal(18,2)) as refunds
from base.daily_sales group by store_id, business_day, channel
union all
select store_id, business_day, 'daypart', daypart, cast(sum(orders) as bigint), cast(sum(amount) as decimal(18,2)), cast(sum(refunds) as decimal(18,2))
from base.daily_sales group by store_id, business_day, daypart;
