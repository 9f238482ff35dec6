-- A store's sales of a day by channel and by every base that a contract may name. On days of which the till has
-- orders, they count: what the channels do not show of them (cash, stored value) is the row without a channel. On other days
-- only what wallets and platforms say is known. Fees and commissions are always the channels' own. vat is the rate of the day.
with cutoffs as (
    select store_id as store, to_seconds(epoch(day_cutoff)) as cutoff from main.stores
), till as (
    select o.store_code as store, o.business_day as day, sum(o.amount) as gross
    from base.placed_orders o where o.status <> 'cancelled' group by all
), back as (
    select t.store_code as store, coalesce(cast(t.paid_at - coalesce(c.cutoff, interval 0 second) as date), o.business_day) as day, -sum(t.amount) as refunded
    from base.placed_tenders t left join base.orders o on o.order_id = t.order_id left join cutoffs c on c.store = t.store_code
    where (t.is_refund or t.amount < 0) and coalesce(o.status, '') <> 'cancelled' group by all
), told as (
    select store, day from till
), channels as (
    select l.store_id as store, l.business_day as day, p.channel, coalesce(sum(p.amount) filter (where p.kind = 'payment'), 0) as gross,
           -coalesce(sum(p.amount) filter (where p.kind in ('refund', 'chargeback')), 0) as refunded, sum(p.fee) as fee, coalesce(sum(p.commission), 0) as commission
    from base.payments p join base.payment_links l on l.payment_id = p.payment_id
    where l.store_id is not null and not p.cancelled and p.kind <> 'adjustment' and p.payment_id not in (select payment_id from base.bridged_payments)
    group by all
), shown as (
    select store, day, sum(gross) as gross, sum(refunded) as refunded from channels group by all
), rest as (
    select t.store, t.day, null::varchar as channel, coalesce(i.gross, 0) - coalesce(s.gross, 0) as gross, coalesce(b.refunded, 0) - coalesce(s.refunded, 0) as refunded
    from told t
    left join till i on i.store = t.store and i.day = t.day
    left join back b on b.store = t.store and b.day = t.day
    left join shown s on s.store = t.store and s.day = t.day
), rows as (
    select c.store, c.day, c.channel, (c.store, c.day) in (from told) as by_till, c.gross, c.refunded, c.fee, c.commission from channels c
    union all
    select store, day, channel, true, gross, refunded, 0, 0 from rest
), rates as (
    -- by which a base without VAT is reckoned, where a rule asks for one
    select d.store, d.day, base.vat_rate(s.taxpayer, d.day) as vat
    from (select distinct store, day from rows where exists (from main.split_rules where ends_with(basis, '_untaxed'))) d
    join main.stores s on s.store_id = d.store
)
select r.store, r.day, channel, by_till, cast(gross as decimal(18,2)), cast(refunded as decimal(18,2)), cast(fee as decimal(18,5)), cast(commission as decimal(18,5)), v.vat
from rows r left join rates v on v.store = r.store and v.day = r.day
where r.store is not null and ($first is null or r.day >= $first) and ($after is null or r.day < $after) and ($store is null or r.store = $store)
order by r.store, r.day, channel nulls last
