-- Money of franchise stores that is collected under a number or a legal entity which collects for the chain's own stores:
-- the channel pays the chain, which would have to pay it on.
with own_entities as (
    select distinct a.legal_entity from main.merchant_accounts a join main.stores s on s.store_id = a.store_id where s.ownership = 'own' and a.legal_entity is not null
), numbers as (
    select a.channel, a.merchant_no, min(a.legal_entity) as legal_entity
    from main.merchant_accounts a group by all
), received as (
    select p.channel, coalesce(p.merchant_no, f.merchant_no) as merchant_no, l.store_id, sum(p.amount) as amount
    from base.payments p join base.payment_links l on l.payment_id = p.payment_id
    left join base.wallet_file_accounts f on f.file_id = p.file_id and f.channel = p.channel
    where not p.cancelled and p.kind <> 'adjustment' and p.payment_id not in (select payment_id from base.bridged_payments) and l.store_id is not null and ($first is null or l.business_day >= $first) and ($after is null or l.business_day < $after)
      and p.channel not in (select distinct channel from base.coverage where kind = 'platform')
    group by all
), owners as (
    select r.channel, r.merchant_no, bool_or(s.ownership = 'own') as own, count(*) as served
    from received r join main.stores s on s.store_id = r.store_id group by all
), parts as (
    select p.store_id, w.channel, coalesce(w.merchant_no, f.merchant_no) as merchant_no, sum(p.amount) as split
    from base.split_parts p join base.payments w on w.payment_id = p.payment_id
    left join base.wallet_file_accounts f on f.file_id = w.file_id and f.channel = w.channel
    join base.row_states t on t.record_id = p.split_part_id and t.leg = 'split' and t.state = 'matched'
    where ($first is null or p.business_day >= $first) and ($after is null or p.business_day < $after) group by all
)
select r.store_id, s.name, r.channel, r.merchant_no, n.legal_entity, o.served, r.amount, coalesce(x.split, 0) as split
from received r
join main.stores s on s.store_id = r.store_id and s.ownership = 'franchise'
join owners o on o.channel = r.channel and o.merchant_no = r.merchant_no
left join numbers n on n.channel = r.channel and n.merchant_no = r.merchant_no
left join parts x on x.store_id = r.store_id and x.channel = r.channel and x.merchant_no = r.merchant_no
where (o.own or n.legal_entity in (from own_entities)) and ($store is null or r.store_id = $store)
order by r.amount desc, r.store_id, r.channel
