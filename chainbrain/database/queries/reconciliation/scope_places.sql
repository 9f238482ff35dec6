-- Where the rows in scope stand in their tables, of which only the id is known so far.
create or replace temp table r_placeless as select record_id, kind from r_scope where place is null;
create or replace temp table r_found_places as
select record_id, o.rowid as place from base.orders o join (from r_placeless where kind = 'order') on record_id = order_id
union all
select record_id, t.rowid from base.tenders t join (from r_placeless where kind = 'tender') on record_id = tender_id
union all
select record_id, p.rowid from base.payments p join (from r_placeless where kind = 'payment') on record_id = payment_id
union all
select record_id, w.rowid from base.wallet_lines w join (from r_placeless where kind = 'wallet_line') on record_id = wallet_line_id
union all
select record_id, s.rowid from base.split_lines s join (from r_placeless where kind = 'split_line') on record_id = split_line_id
union all
select record_id, s.rowid from base.stored_value_lines s join (from r_placeless where kind = 'stored_value_line') on record_id = stored_value_line_id;
update r_scope s set place = f.place from r_found_places f where f.record_id = s.record_id;
