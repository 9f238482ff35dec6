-- Per month, store and channel what was split out of sales that head office collected. A split to head office itself moves
-- nothing where no agreement counts it.
select cast(date_trunc('month', p.business_day) as date) as month, p.store_id, p.channel, count(*) as rows, cast(sum(l.amount) as decimal(18,2)) as amount
from base.split_lines l
join base.collected_payments p on p.channel = l.channel and p.external_id = coalesce(l.payment_external_id, split_part(l.external_id, '-', 1)) and p.kind = 'payment'
left join base.row_states s on s.record_id = l.split_line_id and s.leg = 'split'
where p.side = 'head_office' and p.store_id in (select unnest($stores)) and ($first is null or p.business_day >= $first) and coalesce(l.status, 'success') = 'success' and s.reason is distinct from 'split_to_itself'
  and (s.state = 'matched' or s.reason = 'split_on_account' or trim(l.receiver) not in (select unnest($head_office)))
group by all order by all
