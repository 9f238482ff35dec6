-- What was split beforehand to receivers whose claims go by the month's tiers, per month and store, by who got it.
select cast(date_trunc('month', k.business_day) as date) as month, k.store_id, trim(l.receiver) as receiver, sum(l.amount) as amount
from base.split_lines l
join base.row_states s on s.record_id = l.split_line_id and s.leg = 'split' and s.reason = 'split_on_account'
join base.payments p on p.channel = l.channel and p.external_id = coalesce(l.payment_external_id, split_part(l.external_id, '-', 1)) and p.kind = 'payment'
join base.payment_links k on k.payment_id = p.payment_id
where ($first is null or k.business_day >= $first) and ($after is null or k.business_day < $after) and ($store is null or k.store_id = $store)
group by all order by all
