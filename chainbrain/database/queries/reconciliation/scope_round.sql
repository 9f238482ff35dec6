-- One round: the numbers that the rows added last bear, and every row that bears one of them where it could matter.
-- r_fresh: the rows added last.
create or replace temp table r_numbers as
with borne as (
    select unnest([nullif(trim(reference), ''), order_no]) as id, unnest(['reference', 'order_no']) as role from base.tenders where tender_id in (from r_fresh)
    union
    select unnest([external_id, refund_id, channel_order_no, merchant_order_no, merchant_refund_no]),
           unnest(['number', 'number', 'number', 'merchant_number', 'merchant_number'])
    from base.payments where payment_id in (from r_fresh)
    union
    select unnest([business_id, reference]), 'line' from base.wallet_lines
    where wallet_line_id in (from r_fresh) and kind in ('payment', 'refund', 'fee', 'fee_return', 'refund_closed', 'coupon')
    union
    select coalesce(payment_external_id, split_part(external_id, '-', 1)), 'line' from base.split_lines where split_line_id in (from r_fresh)
    union
    select reference, 'member' from base.stored_value_lines where stored_value_line_id in (from r_fresh)
)
select id, role from borne where id is not null except select id, role from r_known;
insert into r_known from r_numbers;
create or replace temp table r_sold as
select distinct order_id from base.tenders where tender_id in (from r_fresh) union select order_id from base.orders where order_id in (from r_fresh);
-- The same guest or the same order again: a charge that repeats another.
create or replace temp table r_charges_of as
select merchant_order_no, payer_hash, amount, occurred_at from base.payments where payment_id in (from r_fresh);

create or replace temp table r_hits as
select tender_id as record_id from base.tenders
where order_id in (from r_sold)
   or reference <> '' and reference in (select id from r_numbers where role in ('reference', 'number', 'merchant_number', 'member'))
   or (starts_with(reference, ' ') or ends_with(reference, ' ')) and trim(reference) <> ''
      and trim(reference) in (select id from r_numbers where role in ('reference', 'number', 'merchant_number', 'member'))
   or order_no in (select id from r_numbers where role in ('number', 'merchant_number', 'member'))
union all
select order_id from base.orders where order_id in (from r_sold)
union all
select payment_id from base.payments
where external_id in (select id from r_numbers where role in ('reference', 'order_no', 'number', 'line'))
   or refund_id in (select id from r_numbers where role in ('reference', 'order_no', 'number', 'line'))
   or channel_order_no in (select id from r_numbers where role = 'number')
   or merchant_order_no in (select id from r_numbers where role in ('reference', 'order_no', 'line'))
   or merchant_refund_no in (select id from r_numbers where role in ('reference', 'order_no', 'line'))
union all
select p.payment_id from base.payments p join r_charges_of c on c.merchant_order_no = p.merchant_order_no
where abs(epoch(p.occurred_at) - epoch(c.occurred_at)) <= 21600
union all
select p.payment_id from base.payments p join r_charges_of c on c.payer_hash = p.payer_hash and c.amount = p.amount
where abs(epoch(p.occurred_at) - epoch(c.occurred_at)) <= 300
union all
select wallet_line_id from base.wallet_lines
where business_id in (select id from r_numbers where role in ('number', 'merchant_number'))
   or reference in (select id from r_numbers where role in ('number', 'merchant_number'))
union all
select split_line_id from base.split_lines
where coalesce(payment_external_id, split_part(external_id, '-', 1)) in (select id from r_numbers where role = 'number')
union all
select stored_value_line_id from base.stored_value_lines where reference in (select id from r_numbers where role in ('reference', 'order_no'));

create or replace temp table r_fresh as
select distinct record_id from r_hits where record_id not in (from r_scope);
insert into r_scope from r_fresh;
