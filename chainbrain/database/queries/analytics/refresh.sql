-- Rewrites the sales of the business days in [$first, $after), only of those in $days where it is not null: one row per store, day, sales
-- channel, daypart and hour.
delete from base.daily_sales where business_day >= $first and business_day < $after and ($days is null or list_contains($days::date[], business_day));

-- Sales count on the order's business day; refunds on their own day, never in the closed day of the sale. Cancelled and open
-- orders sold nothing; an order whose channel is stored_value is a top-up, a debt to the guest and no sale.
-- The sales channel is the order's own; where the till only says "order", a platform that paid most of it names it.
insert into base.daily_sales
with given_back as (
    select t.order_id, t.amount, t.paid_at, coalesce(cast(t.paid_at - to_seconds(epoch(s.day_cutoff)) as date), o.business_day) as day
    from (from base.placed_tenders where is_refund) t
    join base.orders o on o.order_id = t.order_id
    left join main.stores s on s.store_id = t.store_code
),
refunds as materialized (
    from given_back where day >= $first and day < $after and ($days is null or list_contains($days::date[], day))
),
concerned as materialized (
    from base.placed_orders o
    where o.status not in ('cancelled', 'open') and o.channel is distinct from 'stored_value'
      and ((business_day >= $first and business_day < $after and ($days is null or list_contains($days::date[], business_day)))
           or order_id in (select order_id from refunds))
),
paid_by as (
    -- an order that names a platform itself needs no other word
    select order_id, arg_max(method, (amount, method)) as method from base.tenders
    where not is_refund
      and order_id in (select order_id from concerned where channel is null or channel not in ('meituan', 'eleme', 'jd', 'douyin', 'pinduoduo', 'youzan', 'weixin_shop'))
    group by order_id
),
placed as (
    select o.order_id, o.store_code as store_id, o.business_day, o.amount, coalesce(o.list_amount, o.amount) as list_amount,
           coalesce(hour(o.ordered_at), -1) as hour,
           case when o.channel in ('meituan', 'eleme', 'jd', 'douyin', 'pinduoduo', 'youzan', 'weixin_shop') then o.channel
                when p.method in ('meituan', 'eleme', 'jd', 'douyin', 'pinduoduo', 'youzan', 'weixin_shop') then p.method
                when o.channel is null or o.channel in ('other', 'wechat', 'alipay', 'unionpay', 'card', 'cash', 'coupon', 'bank') then 'in_store'
                else o.channel end as channel
    from concerned o left join paid_by p on p.order_id = o.order_id
),
sold as (
    select store_id, business_day, channel, hour, 1 as orders, list_amount, amount, cast(0 as decimal(18,2)) as refunds, 0 as refund_count
    from placed
    where business_day >= $first and business_day < $after and ($days is null or list_contains($days::date[], business_day))
    union all
    select p.store_id, r.day, p.channel, coalesce(hour(r.paid_at), -1), 0, 0, 0, -r.amount, 1
    from refunds r join placed p on p.order_id = r.order_id
)
select store_id, business_day, channel,
       case when hour < 0 then 'unknown'
            when hour >= $night or hour < $early then 'night'
            when hour >= $evening then 'evening'
            when hour >= $afternoon then 'afternoon'
            when hour >= $lunch then 'lunch'
            else 'early' end as daypart,
       hour, sum(orders), sum(list_amount), sum(list_amount) - sum(amount), sum(amount), sum(refunds), sum(refund_count)
from sold
group by all;
