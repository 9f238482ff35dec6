-- Stored value that was topped up or paid back of which the book cannot tell with which receipt, and receipts known as such that no card
-- shows: the movements (amounts above 0) and the money known for them (below 0), where the two do not come to the same. "told" is what is
-- left of them together. Of franchise stores for which somebody else collects the cards are in their own books.
create view base.top_up_gaps as
with contracts as (
    select a.store_id, a.legal_entity, s.ownership from main.merchant_accounts a left join main.stores s on s.store_id = a.store_id
), homes as (
    select store_id from contracts where store_id is not null
    group by store_id, ownership
    having ownership = 'franchise' and count(distinct legal_entity) = 1
       and min(legal_entity) in (select legal_entity from contracts where ownership = 'own')
), said as (
    select coalesce(d.order_id, l.stored_value_line_id) as proof, 'stored_value_line' as record_type, l.stored_value_line_id as record_id, l.reference as no, l.store_code as store,
           l.kind, coalesce(l.principal, l.amount) as amount, cast(l.occurred_at as date) as day, l.file_id, l.line
    from base.placed_stored_value_lines l left join base.top_up_orders d on d.stored_value_line_id = l.stored_value_line_id
    where l.kind in ('top_up', 'refund')
), known as (
    select t.proof, 'payment' as record_type, t.payment_id as record_id, coalesce(p.refund_id, p.external_id) as no,
           l.store_id as store, if(p.kind = 'payment', 'top_up', 'refund') as kind, -abs(p.amount) as amount, cast(p.occurred_at as date) as day, p.file_id, p.line
    from base.top_up_receipts t
    join base.payments p on p.payment_id = t.payment_id and not p.cancelled and p.payment_id not in (select payment_id from base.receipts_seen_twice)
    left join base.payment_links l on l.payment_id = p.payment_id
    union all
    select t.order_id, 'tender', t.tender_id, t.order_no, t.store_code, if(t.is_refund or t.amount < 0, 'refund', 'top_up'), -abs(t.amount),
           coalesce(o.business_day, cast(t.paid_at as date)), t.file_id, t.line
    from base.placed_tenders t join base.orders o on o.order_id = t.order_id
    where t.method = 'cash' and coalesce(o.status, '') <> 'cancelled' and t.order_id in (select order_id from base.top_up_orders)
)
select * from (
    select *, sum(amount) over (partition by proof, store, kind) as told from (from said union all from known)
)
where told <> 0 and store is not null and store not in (from homes);
