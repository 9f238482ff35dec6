-- Per month, store, agreement and receiver: what is to be split by the channels that split, and how much of it was split as
-- agreed, waits, or is wrong. The month is that of the sale or of the refund.
select cast(date_trunc('month', p.business_day) as date) as month, p.store_id, p.rule, p.receiver, count(*) as parts,
       sum(p.amount) as due,
       coalesce(sum(p.amount) filter (where s.state = 'matched'), 0) as done,
       coalesce(sum(p.amount) filter (where s.state = 'timing'), 0) as waiting,
       coalesce(sum(p.amount) filter (where s.state = 'difference'), 0) as wrong
from base.split_parts p join base.row_states s on s.record_id = p.split_part_id and s.leg = 'split'
where s.state <> 'excluded' and ($first is null or p.business_day >= $first) and ($after is null or p.business_day < $after) and ($store is null or p.store_id = $store)
group by all order by month, p.store_id nulls last, p.rule, p.receiver
