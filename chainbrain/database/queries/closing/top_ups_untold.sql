-- One row per store and code: stored value topped up (or paid back) in [$first, $after) of which the book cannot tell with which receipt,
-- so that the same money may stand in the revenue too; "unmoved" is money known as such that no card shows. Items are only those
-- movements. Of franchise stores for which somebody else collects the cards are in their own books.
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
    select coalesce(d.order_id, l.stored_value_line_id) as proof, l.store_code as store, l.kind, coalesce(l.principal, l.amount) as amount,
           cast(l.occurred_at as date) as day, l.file_id
    from base.placed_stored_value_lines l left join base.top_up_orders d on d.stored_value_line_id = l.stored_value_line_id
    where l.kind in ('top_up', 'refund')
), known as (
    select t.proof, l.store_id as store, if(p.kind = 'payment', 'top_up', 'refund') as kind, -abs(p.amount) as amount, cast(p.occurred_at as date) as day, p.file_id
    from base.top_up_receipts t
    join base.payments p on p.payment_id = t.payment_id and not p.cancelled and p.payment_id not in (select payment_id from base.receipts_seen_twice)
    left join base.payment_links l on l.payment_id = p.payment_id
    union all
    select t.order_id, t.store_code, if(t.is_refund or t.amount < 0, 'refund', 'top_up'), -abs(t.amount), coalesce(o.business_day, cast(t.paid_at as date)), t.file_id
    from base.placed_tenders t join base.orders o on o.order_id = t.order_id
    where t.method = 'cash' and coalesce(o.status, '') <> 'cancelled' and t.order_id in (select order_id from base.top_up_orders)
), left_over as (
    -- a movement counts on its own day, and money without one on that of the money
    select r.store, r.kind, sum(r.amount) as amount, count(*) filter (where (r.amount > 0) = (told > 0)) as items,
           coalesce(min(greatest(r.day, f.floor)) filter (where r.amount > 0), min(greatest(r.day, f.floor))) as day
    from (select *, sum(amount) over (partition by proof, store, kind) as told from (from said union all from known)) r
    left join floors f on f.file_id = r.file_id
    where told <> 0
    group by r.proof, r.store, r.kind
)
select store, if(amount > 0, kind || '_untold', kind || '_unmoved') as code, cast(sum(abs(amount)) as decimal(18,2)) as amount, cast(sum(items) as bigint) as items
from left_over where day >= $first and day < $after and store is not null and store not in (from homes)
group by all
order by store, code desc
