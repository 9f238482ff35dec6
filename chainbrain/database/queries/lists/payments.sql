-- One wallet or platform row with its state at one leg (the till leg unless another is asked for). With $sold what the daily takings count:
-- each sale and refund once, no other charges; with $placed those of known stores; with $merchant and $counted what came in under a number.
select p.payment_id, p.occurred_at, p.store_id, p.channel, p.external_id, p.kind, p.amount, p.fee, p.net, s.state, s.reason, s.match_id, f.name as file, p.line
from main.payments p
join base.source_files f on f.file_id = p.file_id
left join base.row_states s on s.record_type = 'payment' and s.record_id = p.payment_id and s.leg = coalesce($leg, 'till')
where ($stores is null or p.store_id in (select unnest($stores::varchar[]))) and ($channel is null or p.channel = $channel)
  and ($first is null or coalesce(p.business_day, cast(p.occurred_at as date)) >= $first)
  and ($after is null or coalesce(p.business_day, cast(p.occurred_at as date)) < $after)
  and ($sold is null or (not p.cancelled and p.kind in ('payment', 'refund') and p.payment_id not in (from base.bridged_payments)) = $sold)
  and ($counted is null or (not p.cancelled and p.kind <> 'adjustment' and p.payment_id not in (from base.bridged_payments)) = $counted)
  and ($merchant is null or p.merchant_no = $merchant)
  and ($placed is null or (p.store_id is not null) = $placed)
  and ($lacks_items is null or (p.amount <> 0 and p.payment_id not in (select payment_id from base.split_shares)) = $lacks_items)
  and ($state is null or s.state = $state)
  and ($code is null or p.payment_id in (select record_id from base.differences where code = $code))
  and ($match is null or p.payment_id in (select record_id from base.match_members where match_id = try_cast($match as uuid)))
  and ($text is null or contains(p.external_id, $text) or contains(p.merchant_order_no, $text) or cast(p.amount as varchar) = $text)
