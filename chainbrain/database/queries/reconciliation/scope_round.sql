-- One round: the numbers that the rows added last bear, and every row that bears one of them where it could matter.
-- r_fresh: the rows added last. r_asked: what is looked for, and among which numbers; r_known: all that was ever looked for.
create or replace temp table r_fresh_tenders as
select order_id, order_no, nullif(trim(reference), '') as reference from base.tenders where rowid in (select place from r_fresh where kind = 'tender');
create or replace temp table r_fresh_payments as
select external_id, refund_id, channel_order_no, merchant_order_no, merchant_refund_no, payer_hash, amount, occurred_at
from base.payments where rowid in (select place from r_fresh where kind = 'payment');
create or replace temp table r_asked as
with borne as (
    select unnest([reference, order_no]) as id, unnest(['reference', 'order_no']) as role from r_fresh_tenders
    union
    select unnest([external_id, refund_id, channel_order_no, merchant_order_no, merchant_refund_no]),
           unnest(['number', 'number', 'number', 'merchant_number', 'merchant_number'])
    from r_fresh_payments
    union
    select unnest([business_id, reference]), 'line' from base.wallet_lines
    where rowid in (select place from r_fresh where kind = 'wallet_line')
      and kind in ('payment', 'refund', 'fee', 'fee_return', 'refund_closed', 'coupon')
    union
    select coalesce(payment_external_id, split_part(external_id, '-', 1)), 'line' from base.split_lines
    where rowid in (select place from r_fresh where kind = 'split_line')
    union
    select reference, 'member' from base.stored_value_lines where rowid in (select place from r_fresh where kind = 'stored_value_line')
)
select distinct id, unnest(case role
    when 'reference' then ['till', 'payment', 'merchant', 'member']
    when 'order_no' then ['payment', 'merchant', 'member']
    when 'number' then ['till', 'till_order', 'payment', 'channel', 'line', 'split']
    when 'merchant_number' then ['till', 'till_order', 'line']
    when 'line' then ['payment', 'merchant']
    when 'member' then ['till', 'till_order']
end) as among
from borne where id is not null
except select id, among from r_known;
insert into r_known from r_asked;
create or replace temp table r_sold as
select order_id from r_fresh_tenders union select record_id from r_fresh where kind = 'order' except from r_known_sales;
insert into r_known_sales from r_sold;

create or replace temp table r_hits as
select tender_id as record_id, 'tender' as kind, t.rowid as place from base.tenders t semi join r_sold using (order_id)
union all
select tender_id, 'tender', t.rowid from base.tenders t semi join (from r_asked where among = 'till') a on a.id = t.reference
union all
select tender_id, 'tender', place from r_padded t semi join (from r_asked where among = 'till') a on a.id = t.reference
union all
select tender_id, 'tender', t.rowid from base.tenders t semi join (from r_asked where among = 'till_order') a on a.id = t.order_no
union all
select order_id, 'order', o.rowid from base.orders o semi join r_sold using (order_id)
union all
select payment_id, 'payment', p.rowid from base.payments p semi join (from r_asked where among = 'payment') a on a.id = p.external_id
union all
select payment_id, 'payment', p.rowid from base.payments p semi join (from r_asked where among = 'payment') a on a.id = p.refund_id
union all
select payment_id, 'payment', p.rowid from base.payments p semi join (from r_asked where among = 'channel') a on a.id = p.channel_order_no
union all
select payment_id, 'payment', p.rowid from base.payments p semi join (from r_asked where among = 'merchant') a on a.id = p.merchant_order_no
union all
select payment_id, 'payment', p.rowid from base.payments p semi join (from r_asked where among = 'merchant') a on a.id = p.merchant_refund_no
union all
select wallet_line_id, 'wallet_line', w.rowid from base.wallet_lines w semi join (from r_asked where among = 'line') a on a.id = w.business_id
union all
select wallet_line_id, 'wallet_line', w.rowid from base.wallet_lines w semi join (from r_asked where among = 'line') a on a.id = w.reference
union all
select split_line_id, 'split_line', s.rowid from base.split_lines s
semi join (from r_asked where among = 'split') a on a.id = coalesce(s.payment_external_id, split_part(s.external_id, '-', 1))
union all
select stored_value_line_id, 'stored_value_line', s.rowid from base.stored_value_lines s
semi join (from r_asked where among = 'member') a on a.id = s.reference;

-- The same guest or the same order again: a charge that repeats another. Read are only the rows that are not in scope yet.
create or replace temp table r_again as
select p.rowid as place from base.payments p semi join r_fresh_payments using (merchant_order_no)
union
select p.rowid from base.payments p semi join r_fresh_payments using (payer_hash)
except
select place from (select kind, place from r_scope union all select kind, place from r_hits) where kind = 'payment';
create or replace temp table r_charges_again as
select payment_id, rowid as place, merchant_order_no, payer_hash, amount, occurred_at from base.payments where rowid in (from r_again);
insert into r_hits
select p.payment_id, 'payment', p.place from r_charges_again p join r_fresh_payments c using (merchant_order_no)
where abs(epoch(p.occurred_at) - epoch(c.occurred_at)) <= 21600
union all
select p.payment_id, 'payment', p.place from r_charges_again p join r_fresh_payments c using (payer_hash, amount)
where abs(epoch(p.occurred_at) - epoch(c.occurred_at)) <= 300;

create or replace temp table r_fresh as
select record_id, kind, max(place) as place from r_hits where record_id not in (select record_id from r_scope) group by record_id, kind;
insert into r_scope from r_fresh;
