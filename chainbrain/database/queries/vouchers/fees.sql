-- One row per merchant number and store: what it charged in [$first, $after), and its sums since the beginning up to both ends.
with purses as (
    select channel, base.merchant_key(merchant_no) as merchant, case when count(distinct legal_entity) = 1 then min(legal_entity) end as entity
    from main.merchant_accounts group by all
), own as (
    select distinct a.legal_entity from main.merchant_accounts a join main.stores s on s.store_id = a.store_id
    where s.ownership = 'own' and a.legal_entity is not null
), homes as (
    select store_id, case when count(distinct legal_entity) = 1 then min(legal_entity) end as entity from main.merchant_accounts group by all
), charged as (
    select p.channel, coalesce(base.merchant_key(coalesce(p.merchant_no, a.merchant_no)), '-') as merchant, l.store_id as store,
           cast(p.occurred_at as date) as day, p.fee
    from base.payments p
    left join base.payment_links l on l.payment_id = p.payment_id
    left join base.wallet_file_accounts a on a.file_id = p.file_id and a.channel = p.channel
    where not p.cancelled and p.fee <> 0 and p.payment_id not in (select payment_id from base.receipts_seen_twice)
), sums as (
    select channel, merchant, store, sum(fee) filter (where day >= $first and day < $after) as month, count(*) filter (where day >= $first and day < $after) as items,
           sum(sum(fee) filter (where day < $first)) over purse as before, sum(sum(fee) filter (where day < $after)) over purse as after
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
