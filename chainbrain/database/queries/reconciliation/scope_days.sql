-- What may bring in whole days of a till: the sales in question that bear no number. Which days they are, scope_whole_days.sql says.

-- The store and day of a tender, as working.sql reads them.
create or replace temp table r_day_cutoffs as select store_id as store, to_seconds(epoch(day_cutoff)) as cutoff from r_stores;
create or replace temp macro tender_days(tenders_of) as table
select t.tender_id, t.place, coalesce(a.store_id, t.store_code) as store, t.method, t.order_no, t.reference, t.paid_at, t.order_id,
       coalesce(case when (t.is_refund or t.amount < 0) then cast(t.paid_at - c.cutoff as date) end, o.business_day,
                cast(t.paid_at - c.cutoff as date)) as day
from query_table(tenders_of) t
left join (select order_id, business_day from base.orders where order_id in (select order_id from query_table(tenders_of))) o on o.order_id = t.order_id
left join base.store_aliases a
  on a.code = t.store_code and coalesce(o.business_day, cast(t.paid_at as date), date '1900-01-01') >= a.valid_from
 and coalesce(o.business_day, cast(t.paid_at as date), date '1900-01-01') < a.valid_to
left join r_day_cutoffs c on c.store = coalesce(a.store_id, t.store_code);
create or replace temp view r_placed_anywhere as select *, rowid as place from base.tenders;
create or replace temp view r_tender_days as from tender_days('r_placed_anywhere');

-- The clock of a till is read from all its sales of a day, where one of them has no number.
create or replace temp table r_placed_tenders as
select tender_id, order_id, store_code, order_no, method, amount, is_refund, paid_at, reference, rowid as place
from base.tenders where rowid in (select place from r_scope where kind = 'tender');
create or replace temp table r_asked_tenders as
from r_placed_tenders
where paid_at is not null and method not in ('cash', 'stored_value', 'coupon')
  and (nullif(trim(reference), '') is null or trim(reference) = order_no or exists (from r_loose_tills));
create or replace temp table r_whole_days (store varchar, day date);
create or replace temp table r_found (record_id uuid, kind varchar, place bigint);
