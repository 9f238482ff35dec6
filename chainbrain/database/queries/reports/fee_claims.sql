-- One claim: an order that was charged more than its contract asks for; the orders of a run by another rate are one claim
-- together. What was charged too little is no claim, nor is what a person explained or left out.
with claims as (
    select c.*, base.merchant_key(c.merchant_no) as merchant, -d.amount as overcharged, ends_with(d.cause, '_rate') as rerated
    from base.differences d join base.charges c on c.payment_id = d.record_id
    where d.record_type = 'payment' and d.cause in ('contract', 'acquirer', 'commission', 'contract_rate', 'acquirer_rate', 'commission_rate')
      and d.state = coalesce($state, 'open') and d.amount < 0
      and ($stores is null or list_contains($stores::varchar[], c.store_id)) and ($channel is null or c.channel = $channel)
      and ($merchant is null or base.merchant_key(c.merchant_no) = base.merchant_key($merchant))
      and ($first is null or c.business_day >= $first) and ($after is null or c.business_day < $after)
), named as (
    select channel, base.merchant_key(merchant_no) as merchant, min(legal_entity) as legal_entity
    from main.merchant_accounts group by all having count(distinct legal_entity) = 1
)
select c.channel as claim_to, coalesce(c.merchant_no, '') as merchant_no, n.legal_entity, c.claim, c.order_no, c.merchant_order_no, s.name as store,
       c.first_day, c.last_day, c.items, c.amount, c.contract_rate, c.charged_rate, c.charged, c.expected_charge, c.overcharged
from (
    select channel, merchant_no, merchant, if(kind = 'refund', 'refund', 'order') as claim, external_id as order_no, merchant_order_no, store_id,
           cast(occurred_at as date) as first_day, cast(occurred_at as date) as last_day, 1 as items, amount, rate as contract_rate,
           cast(charge / amount as decimal(18,6)) as charged_rate, cast(charge as decimal(18,2)) as charged,
           cast(charge - overcharged as decimal(18,2)) as expected_charge, cast(overcharged as decimal(18,2)) as overcharged, payment_id
    from claims where not rerated
    union all
    select channel, min(merchant_no), merchant, 'rate_change', null, null, case when count(distinct store_id) = 1 then min(store_id) end,
           min(cast(occurred_at as date)), max(cast(occurred_at as date)), count(*), sum(amount), rate,
           cast(sum(charge) / sum(amount) as decimal(18,6)), cast(sum(charge) as decimal(18,2)), cast(sum(charge - overcharged) as decimal(18,2)),
           cast(sum(overcharged) as decimal(18,2)), min(payment_id)
    from claims where rerated group by channel, merchant, rate, paid_with
) c
left join named n on n.channel = c.channel and n.merchant = c.merchant
left join main.stores s on s.store_id = c.store_id
order by c.channel, merchant_no, c.claim <> 'rate_change', c.first_day, c.order_no, c.payment_id
