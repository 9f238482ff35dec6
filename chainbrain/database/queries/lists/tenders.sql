-- One tender as the till wrote it, with its state at the till leg. With $sold those that paid for what the receipts count.
select t.tender_id, t.paid_at, t.store_id, t.order_no, t.method, t.amount, t.reference, s.state, s.reason, s.match_id, f.name as file, t.line
from main.tenders t
left join base.orders o on o.order_id = t.order_id
join base.source_files f on f.file_id = t.file_id
left join base.row_states s on s.record_type = 'tender' and s.record_id = t.tender_id and s.leg = coalesce($leg, 'till')
where ($stores is null or t.store_id in (select unnest($stores::varchar[]))) and ($channel is null or t.method = $channel)
  and ($first is null or o.business_day >= $first) and ($after is null or o.business_day < $after)
  and ($sold is null or (t.amount >= 0 and o.status not in ('cancelled', 'open') and o.channel is distinct from 'stored_value') = $sold)
  and ($state is null or s.state = $state)
  and ($code is null or t.tender_id in (select record_id from base.differences where code = $code))
  and ($match is null or t.tender_id in (select record_id from base.match_members where match_id = try_cast($match as uuid)))
  and ($text is null or contains(t.order_no, $text) or contains(t.reference, $text) or cast(t.amount as varchar) = $text)
