-- As days.sql, of each group of products that a rule names: what of a store's sales of a day falls on it, by channel; what only
-- the till shows is the row without a channel. known: whether the products of all these sales are in the book; till: of all that
-- the till shows that day, which is what the rows of all channels come to together.
with groups as (
    select distinct category from main.split_rules where category is not null
), cutoffs as (
    select store_id as store, to_seconds(epoch(day_cutoff)) as cutoff from main.stores
), orders as (
    select w.order_id, c.category, coalesce(g.part, 0) as part, w.whole
    from (select distinct order_id, whole from base.order_groups) w
    cross join groups c left join base.order_groups g on g.order_id = w.order_id and g.category = c.category
), sold as (
    select o.store_code as store, o.business_day as day, c.category, coalesce(sum(sign(o.amount) * base.of_group(abs(o.amount), g.part, g.whole)), 0) as gross,
           bool_and(g.order_id is not null or o.amount = 0) as known
    from base.placed_orders o cross join groups c left join orders g on g.order_id = o.order_id and g.category = c.category
    where o.status <> 'cancelled' group by all
), back as (
    select t.store_code as store, coalesce(cast(t.paid_at - coalesce(k.cutoff, interval 0 second) as date), o.business_day) as day, c.category,
           -sum(sign(t.amount) * base.of_group(abs(t.amount), g.part, g.whole)) as refunded, bool_and(g.order_id is not null) as known
    from base.placed_tenders t cross join groups c
    left join base.orders o on o.order_id = t.order_id left join cutoffs k on k.store = t.store_code
    left join orders g on g.order_id = t.order_id and g.category = c.category
    where (t.is_refund or t.amount < 0) and coalesce(o.status, '') <> 'cancelled' group by all
), channels as (
    select l.store_id as store, l.business_day as day, p.channel, c.category,
           coalesce(sum(sign(p.amount) * base.of_group(abs(p.amount), s.part, s.whole)) filter (where p.kind = 'payment'), 0) as gross,
           -coalesce(sum(sign(p.amount) * base.of_group(abs(p.amount), s.part, s.whole)) filter (where p.kind in ('refund', 'chargeback')), 0) as refunded,
           coalesce(sum(sign(p.fee) * base.of_group(abs(p.fee) * 1000, s.part, s.whole) * cast(0.001 as decimal(4,3))), 0) as fee,
           coalesce(sum(sign(p.commission) * base.of_group(abs(p.commission) * 1000, s.part, s.whole) * cast(0.001 as decimal(4,3))), 0) as commission,
           bool_and(s.payment_id is not null or p.amount = 0 and p.fee = 0) as known
    from base.payments p join base.payment_links l on l.payment_id = p.payment_id
    cross join groups c left join base.split_shares s on s.payment_id = p.payment_id and s.category = c.category
    where l.store_id is not null and not p.cancelled and p.kind <> 'adjustment' and p.payment_id not in (select payment_id from base.bridged_payments)
    group by all
), shown as (
    select store, day, category, sum(gross) as gross, sum(refunded) as refunded, bool_and(known) as known from channels group by all
), rest as (
    select i.store, i.day, cast(null as varchar) as channel, i.category, i.gross - coalesce(s.gross, 0) as gross,
           coalesce(b.refunded, 0) - coalesce(s.refunded, 0) as refunded, 0 as fee, 0 as commission,
           i.known and coalesce(s.known, true) and coalesce(b.known, true) as known, i.known and coalesce(b.known, true) as till
    from sold i
    left join back b on b.store = i.store and b.day = i.day and b.category = i.category
    left join shown s on s.store = i.store and s.day = i.day and s.category = i.category
)
select store, day, channel, category, cast(gross as decimal(18,2)), cast(refunded as decimal(18,2)), cast(fee as decimal(18,5)), cast(commission as decimal(18,5)), known, till
from (
    select c.store, c.day, c.channel, c.category, c.gross, c.refunded, c.fee, c.commission, c.known, coalesce(r.till, false) as till
    from channels c left join rest r on r.store = c.store and r.day = c.day and r.category = c.category
    union all
    select store, day, channel, category, gross, refunded, fee, commission, known, till from rest
)
where store is not null and ($first is null or day >= $first) and ($after is null or day < $after) and ($store is null or store = $store)
