-- One order with its state at the till leg.
select o.order_id, o.ordered_at, o.business_day, o.store_id, o.order_no, o.channel, o.list_amount, o.amount, o.status,
       s.state, s.reason, f.name as file, o.line
from main.orders o
join base.source_files f on f.file_id = o.file_id
left join base.row_states s on s.record_type = 'order' and s.record_id = o.order_id and s.leg = coalesce($leg, 'till')
where ($store is null or o.store_id = $store) and ($channel is null or o.channel = $channel)
  and ($first is null or o.business_day >= $first) and ($after is null or o.business_day < $after)
  and ($state is null or s.state = $state)
  and ($code is null or o.order_id in (select record_id from base.differences where code = $code))
  and ($match is null or o.order_id in (select record_id from base.match_members where cast(match_id as varchar) = $match))
  and ($text is null or contains(o.order_no, $text) or cast(o.amount as varchar) = $text)
  and ($weekday is null or isodow(o.business_day) = $weekday) and ($hour is null or hour(o.ordered_at) = $hour)
