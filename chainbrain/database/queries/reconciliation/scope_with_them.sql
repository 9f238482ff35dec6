-- What else is in question with the rows that are: the sales of products, and those of split parts.

-- The products of an order say what of its sales falls on the group that a split rule names. Whether they are all of them, the order says.
create or replace temp table r_items_of as
select distinct order_id, order_no from base.order_items
where (file_id in (from r_news) or order_id in (select order_id from base.orders where file_id in (from r_news)))
  and exists (from main.split_rules where category is not null);
insert into r_found
select tender_id, 'tender', t.rowid from base.tenders t semi join r_items_of using (order_id)
union all
select payment_id, 'payment', p.rowid from base.payments p semi join r_items_of i on i.order_no = trim(p.merchant_order_no)
union all
select payment_id, 'payment', p.rowid from base.payments p semi join r_items_of i on i.order_no = trim(p.external_id);

-- A part of a split is judged with its sale.
insert into r_found
select sale_id, 'payment', null from base.split_parts where split_part_id in (select record_id from r_scope);

insert into r_scope
select record_id, kind, max(place) from r_found where record_id is not null and record_id not in (select record_id from r_scope) group by record_id, kind;
