-- One movement of the roll-forward of a merchant number: what a figure of the arrivals was added up from. The part "contained" are the
-- receipts that an opening balance has in it, which are in none of the figures. Each join asks for one number only: with a second
-- condition, that few movements are expected made every movement be laid beside every row.
select f.record_id, f.day, p.store_id, f.channel, f.merchant, f.part, coalesce(p.refund_id, p.external_id, w.external_id, b.external_id) as no,
       coalesce(b.memo, w.kind_text) as memo, f.amount, s.name as file, coalesce(p.line, w.line, b.line, o.line) as line
from base.arrival_movements f
left join main.payments p on p.payment_id = if(f.record_type = 'payment', f.record_id, null)
left join base.wallet_lines w on w.wallet_line_id = if(f.record_type = 'wallet_line', f.record_id, null)
left join base.bank_lines b on b.bank_line_id = if(f.record_type = 'bank_line', f.record_id, null)
left join base.openings o on o.opening_id = if(f.record_type = 'opening', f.record_id, null)
left join base.source_files s on s.file_id = coalesce(p.file_id, w.file_id, b.file_id, o.file_id)
where if($part = 'contained', f.part = 'gross' and f.contained, f.part = coalesce($part, 'gross') and not f.contained)
  and ($channel is null or f.channel = $channel) and ($merchant is null or f.merchant = $merchant)
  and ($first is null or f.day >= $first) and ($after is null or f.day < $after)
  and ($text is null or contains(coalesce(p.refund_id, p.external_id, w.external_id, b.external_id), $text) or contains(b.memo, $text)
       or cast(cast(f.amount as decimal(18,2)) as varchar) = $text)
