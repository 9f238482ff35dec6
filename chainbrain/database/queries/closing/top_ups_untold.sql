-- One row per store and kind: stored value topped up (or paid back) in [$first, $after) of which the book cannot tell with which receipt,
-- so that the same money may stand in the revenue too; items are the movements of the month. Of franchise stores for which
-- somebody else collects the cards are in their own books.
with floors as (
    select file_id, floor from base.file_floors where floor > (select min(month) from base.standing_closes)
), contracts as (
    select a.store_id, a.legal_entity, s.ownership from main.merchant_accounts a left join main.stores s on s.store_id = a.store_id
), homes as (
    select store_id from contracts where store_id is not null
    group by store_id, ownership
    having ownership = 'franchise' and count(distinct legal_entity) = 1
       and min(legal_entity) in (select legal_entity from contracts where ownership = 'own')
), said as (
    select store_code as store, kind, coalesce(principal, amount) as amount, 1 as items, cast(occurred_at as date) as day, file_id
    from base.placed_stored_value_lines where kind in ('top_up', 'refund')
), known as (
    select l.store_id as store, if(p.kind = 'payment', 'top_up', 'refund') as kind, -abs(p.amount) as amount, 0 as items, cast(p.occurred_at as date) as day, p.file_id
    from base.top_up_payments t
    join base.payments p on p.payment_id = t.payment_id and not p.cancelled and p.payment_id not in (select payment_id from base.receipts_seen_twice)
    left join base.payment_links l on l.payment_id = p.payment_id
    union all
    select t.store_code, if(t.is_refund or t.amount < 0, 'refund', 'top_up'), -abs(t.amount), 0, coalesce(o.business_day, cast(t.paid_at as date)), t.file_id
    from base.placed_tenders t join base.orders o on o.order_id = t.order_id and o.channel = 'stored_value'
    where t.method = 'cash' and coalesce(o.status, '') <> 'cancelled'
), counted as (
    select r.* from (from said union all from known) r left join floors f on f.file_id = r.file_id
    where greatest(r.day, f.floor) >= $first and greatest(r.day, f.floor) < $after
)
select store, kind, cast(sum(amount) as decimal(18,2)) as amount, cast(sum(items) as bigint) as items
from counted where store not in (from homes)
group by store, kind having sum(amount) > 0
order by store, kind desc
