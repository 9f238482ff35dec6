-- A store's sales of a month by every base that a contract may name. Where the till's orders are in the book they count,
-- otherwise what the wallets and platforms say; fees and commissions are always the channels' own.
with till as (
    select o.store_code as store, cast(date_trunc('month', o.business_day) as date) as month, sum(o.amount) as gross
    from base.placed_orders o where o.status <> 'cancelled' group by all
), back as (
    select t.store_code as store, cast(date_trunc('month', coalesce(cast(t.paid_at as date), o.business_day)) as date) as month, -sum(t.amount) as refunded
    from base.placed_tenders t left join base.orders o on o.order_id = t.order_id
    where (t.is_refund or t.amount < 0) and coalesce(o.status, '') <> 'cancelled' group by all
), channels as (
    select l.store_id as store, cast(date_trunc('month', l.business_day) as date) as month,
           coalesce(sum(p.amount) filter (where p.kind = 'payment'), 0) as gross,
           -coalesce(sum(p.amount) filter (where p.kind in ('refund', 'chargeback')), 0) as refunded, sum(p.fee) as fee, coalesce(sum(p.commission), 0) as commission
    from base.payments p join base.payment_links l on l.payment_id = p.payment_id
    where not p.cancelled and p.kind <> 'adjustment' and p.payment_id not in (select payment_id from base.bridged_payments) group by all
)
select coalesce(t.store, c.store) as store, coalesce(t.month, c.month) as month, t.store is not null as by_till,
       cast(coalesce(t.gross, c.gross) as decimal(18,2)) as gross,
       cast(if(t.store is null, c.refunded, coalesce(b.refunded, 0)) as decimal(18,2)) as refunded,
       cast(round(coalesce(c.fee, 0), 2) as decimal(18,2)) as fee, cast(round(coalesce(c.commission, 0), 2) as decimal(18,2)) as commission
from till t
full join channels c on c.store = t.store and c.month = t.month
left join back b on b.store = t.store and b.month = t.month
where coalesce(t.store, c.store) is not null and ($first is null or coalesce(t.month, c.month) >= $first) and ($after is null or coalesce(t.month, c.month) < $after)
  and ($store is null or coalesce(t.store, c.store) = $store)
order by month, store
