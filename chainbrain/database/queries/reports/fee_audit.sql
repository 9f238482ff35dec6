-- One row per merchant number, contract rate and month: what was charged beside what the contract asks for. The difference
-- is the effect on the business (overcharged is negative) and the sum of its differences; where no rate is known, or none
-- can speak for the charges, only the rate that follows from the figures is shown.
with found as (
    select record_id, sum(amount) as amount, count(*) as items, bool_or(ends_with(cause, '_rate')) as rerated
    from base.differences
    where record_type = 'payment' and cause in ('contract', 'acquirer', 'commission', 'contract_rate', 'acquirer_rate', 'commission_rate')
    group by record_id
)
select c.channel, coalesce(c.merchant_no, '') as merchant_no,
       case when count(distinct c.store_id) = 1 then coalesce(min(s.name), min(c.store_id)) end as store, count(distinct c.store_id) as stores,
       strftime(c.business_day, '%Y-%m') as month,
       case when c.basis is not null and c.rate is not null then c.basis when c.basis is null then 'mixed' else 'no_contract' end as basis,
       if(c.basis is null, null, c.rate) as contract_rate,
       cast(sum(c.charge) filter (where c.kind = 'payment') / nullif(sum(c.amount) filter (where c.kind = 'payment'), 0) as decimal(18,6)) as effective_rate,
       cast(sum(c.fee) filter (where c.kind = 'payment') / nullif(sum(c.amount) filter (where c.kind = 'payment'), 0) as decimal(18,6)) as take_rate,
       count(*) as items, cast(sum(c.amount) as decimal(18,2)) as amount, cast(sum(c.charge) as decimal(18,2)) as charged,
       if(c.basis is null or c.rate is null, null, cast(cast(sum(c.charge) as decimal(18,2)) + coalesce(sum(f.amount), 0) as decimal(18,2))) as expected_charge,
       if(c.basis is null or c.rate is null, null, cast(coalesce(sum(f.amount), 0) as decimal(18,2))) as fee_difference,
       if(c.basis is null or c.rate is null, null, count(f.record_id) filter (where not f.rerated)) as off_items,
       if(c.basis is null or c.rate is null, null, count(f.record_id) filter (where f.rerated)) as rerated_items
from base.charges c
left join found f on f.record_id = c.payment_id
left join main.stores s on s.store_id = c.store_id
where ($stores is null or list_contains($stores::varchar[], c.store_id)) and ($channel is null or c.channel = $channel)
  and ($merchant is null or base.merchant_key(c.merchant_no) = base.merchant_key($merchant))
  and ($first is null or c.business_day >= $first) and ($after is null or c.business_day < $after)
group by c.channel, coalesce(c.merchant_no, ''), month, c.basis, c.rate
order by c.channel, merchant_no, month, contract_rate nulls last, basis
