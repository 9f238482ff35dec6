-- The splits out of sales of one channel that head office collected for a store.
select p.business_day, l.channel, l.external_id, 'split' as kind, l.amount, cast(0 as decimal(18,5)) as fee, cast(l.amount as decimal(18,5)) as net, f.name as file, l.line
from base.split_lines l
join base.collected_payments p on p.channel = l.channel and p.external_id = coalesce(l.payment_external_id, split_part(l.external_id, '-', 1)) and p.kind = 'payment'
left join base.row_states s on s.record_id = l.split_line_id and s.leg = 'split'
left join base.source_files f on f.file_id = l.file_id
where p.side = 'head_office' and p.store_id = $store and l.channel = $channel and p.business_day >= $first and p.business_day < $after
  and coalesce(l.status, 'success') = 'success' and s.reason is distinct from 'split_to_itself'
  and (s.state = 'matched' or s.reason = 'split_on_account' or trim(l.receiver) not in (select unnest($head_office)))
order by p.business_day, l.external_id, l.split_line_id
