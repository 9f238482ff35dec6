-- One order with its state at the till leg. Its channel is the sales channel, told as in the daily sales; what the daily
-- sales count as sold are the orders with $sold; those whose products are not known are the orders with $lacks_items.
with paid_by as (
    select order_id, arg_max(method, (amount, method)) as method from base.tenders where not is_refund group by order_id
),
placed as (
    select o.* exclude (channel),
           o.status not in ('cancelled', 'open') and o.channel is distinct from 'stored_value' as sold,
           case when o.channel in ('meituan', 'eleme', 'jd', 'douyin', 'pinduoduo', 'youzan', 'weixin_shop') then o.channel
                when p.method in ('meituan', 'eleme', 'jd', 'douyin', 'pinduoduo', 'youzan', 'weixin_shop') then p.method
                when o.channel is null or o.channel in ('other', 'wechat', 'alipay', 'unionpay', 'card', 'cash', 'coupon', 'bank') then 'in_store'
                else o.channel end as channel
    from main.orders o left join paid_by p on p.order_id = o.order_id
    where ($stores is null or o.store_id in (select unnest($stores::varchar[])))
      and ($first is null or o.business_day >= $first) and ($after is null or o.business_day < $after)
)
select o.order_id, o.ordered_at, o.business_day, o.store_id, o.order_no, o.channel, o.list_amount, o.amount, o.status,
       s.state, s.reason, f.name as file, o.line
from placed o
join base.source_files f on f.file_id = o.file_id
left join base.row_states s on s.record_type = 'order' and s.record_id = o.order_id and s.leg = coalesce($leg, 'till')
where ($channel is null or o.channel = $channel) and ($sold is null or o.sold = $sold)
  and ($lacks_items is null or (o.amount <> 0 and o.status <> 'cancelled' and o.order_id not in (select order_id from base.order_groups)) = $lacks_items)
  and ($daypart is null or coalesce(hour(o.ordered_at), -1) in (select hour from base.daily_sales where daypart = $daypart))
  and ($product is null or o.order_id in (select order_id from base.order_items where category = $product))
  and ($state is null or s.state = $state)
  and ($code is null or o.order_id in (select record_id from base.differences where code = $code))
  and ($match is null or o.order_id in (select record_id from base.match_members where match_id = try_cast($match as uuid)))
  and ($text is null or contains(o.order_no, $text) or cast(o.amount as varchar) = $text)
  and ($weekday is null or isodow(o.business_day) = $weekday) and ($hour is null or hour(o.ordered_at) = $hour)
