-- A store's sales of a day by every base that a contract may name. In a month of which the till's orders are in the book
-- they count, otherwise what the wallets and platforms say; fees and commissions are always the channels' own.
with till as (
    select o.store_code as store, o.business_day as day, sum(o.amount) as gross
    from base.placed_orders o where o.status <> 'cancelled' group by all
), back as (
    select t.store_code as store, coalesce(cast(t.paid_at as date), o.business_day) as day, -sum(t.amount) as refunded
    from base.placed_tenders t left join base.orders o on o.order_id = t.order_id
    where (t.is_refund or t.amount < 0) and coalesce(o.status, '') <> 'cancelled' group by all
), channels as (
    select l.store_id as store, l.business_day as day, coalesce(sum(p.amount) filter (where p.kind = 'payment'), 0) as gross,
           -coalesce(sum(p.amount) filter (where p.kind in ('refund', 'chargeback')), 0) as refunded, sum(p.fee) as fee, coalesce(sum(p.commission), 0) as commission
    from base.payments p join base.payment_links l on l.payment_id = p.payment_id
    where not p.cancelled and p.kind <> 'adjustment' and p.payment_id not in (select payment_id from base.bridged_payments) group by all
), days as (
    select store, day from till union select store, day from back union select store, day from channels
), tills as (
    select distinct store, date_trunc('month', day) as month from till
)
select d.store, d.day, m.store is not null as by_till, cast(coalesce(if(m.store is null, c.gross, t.gross), 0) as decimal(18,2)) as gross,
       cast(coalesce(if(m.store is null, c.refunded, b.refunded), 0) as decimal(18,2)) as refunded,
       cast(coalesce(c.fee, 0) as decimal(18,5)) as fee, cast(coalesce(c.commission, 0) as decimal(18,5)) as commission
from days d
left join tills m on m.store = d.store and m.month = date_trunc('month', d.day)
left join till t on t.store = d.store and t.day = d.day
left join back b on b.store = d.store and b.day = d.day
left join channels c on c.store = d.store and c.day = d.day
where d.store is not null and ($first is null or d.day >= $first) and ($after is null or d.day < $after) and ($store is null or d.store = $store)
order by d.store, d.day
