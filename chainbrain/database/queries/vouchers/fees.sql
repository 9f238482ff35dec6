-- One row per merchant number and store: what it charged in the month $first by the movements of the roll-forward (close_flows),
-- and its sums since the beginning before it and with it.
with purses as (
    select channel, base.merchant_key(merchant_no) as merchant, case when count(distinct legal_entity) = 1 then min(legal_entity) end as entity
    from main.merchant_accounts group by all
), own as (
    select distinct a.legal_entity from main.merchant_accounts a join main.stores s on s.store_id = a.store_id
    where s.ownership = 'own' and a.legal_entity is not null
), homes as (
    select store_id, case when count(distinct legal_entity) = 1 then min(legal_entity) end as entity from main.merchant_accounts group by all
), charged as (
    select f.channel, f.merchant, l.store_id as store, f.month, f.amount as fee
    from close_flows f left join base.payment_links l on l.payment_id = f.record_id
    where f.part = 'fees' and f.amount <> 0
), sums as (
    select channel, merchant, store, sum(fee) filter (where month = $first) as month, count(*) filter (where month = $first) as items,
           sum(sum(fee) filter (where month < $first)) over purse as before, sum(sum(fee) filter (where month <= $first)) over purse as after
    from charged group by channel, merchant, store
    window purse as (partition by channel, merchant)
)
select coalesce(p.entity, h.entity) as entity, c.store, c.channel, c.merchant,
       coalesce(s.ownership = 'franchise' and coalesce(p.entity, h.entity) in (from own), false) as for_store,
       cast(c.month as decimal(38,5)), cast(coalesce(c.before, 0) as decimal(38,5)), cast(coalesce(c.after, 0) as decimal(38,5)), c.items
from sums c
left join purses p on p.channel = c.channel and p.merchant = c.merchant
left join homes h on h.store_id = c.store
left join main.stores s on s.store_id = c.store
where c.month is not null
order by c.channel, c.merchant, c.store nulls last
