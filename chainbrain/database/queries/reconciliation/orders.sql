-- Does each order add up: its amount is the sum of its sale tenders. A gap that a tender's own difference explains
-- (other amount D03, printed twice D05) is that difference, not another one.
create or replace temp table r_order_sums as
select order_id, count(*) as tenders, sum(amount) filter (where not refund) as paid, count(*) filter (where not refund) as sales
from r_tenders group by order_id;
create or replace temp table r_tender_gaps as
select tender_id, tender_amount - payment_amount as gap from r_unlike where tender_amount <> payment_amount and not refund
union all
select record_id, -amount from r_verdicts where code = 'D05' and record_type = 'tender';
create or replace temp table r_order_gaps as
select t.order_id, sum(g.gap) as known
from (from r_tenders where not refund and tender_id in (select tender_id from r_tender_gaps where gap is not null)) t join r_tender_gaps g on g.tender_id = t.tender_id
group by t.order_id;

create or replace temp table r_order_checks as
select o.order_id, o.store_code as store, o.business_day as day, o.channel, o.file_id, o.amount, coalesce(s.paid, 0) as paid, coalesce(s.tenders, 0) as tenders,
       case
           when o.status = 'cancelled' then 'excluded'
           when coalesce(s.sales, 0) = 0 and o.amount = 0 then 'matched'
           when coalesce(s.sales, 0) = 0 and o.status = 'open' then 'timing'
           when coalesce(s.sales, 0) = 0 and d.store is null then 'timing'
           when coalesce(s.paid, 0) = o.amount then 'matched'
           when s.paid - o.amount = coalesce(g.known, 0) then 'matched'
           -- a tender of it may be among the rows that were left out
           when s.paid < o.amount and d.store is null then 'timing'
           when o.status = 'open' then 'timing'
           else 'difference'
       end as state,
       case
           when o.status = 'cancelled' then 'order_cancelled'
           when coalesce(s.paid, 0) <> o.amount and o.status = 'open' then 'order_open'
           when coalesce(s.sales, 0) = 0 and o.amount <> 0 and d.store is null then 'waiting_for_file'
           when s.paid < o.amount and s.paid - o.amount <> coalesce(g.known, 0) and d.store is null then 'waiting_for_file'
       end as reason
from (
    select o.* replace (coalesce(a.store_id, o.store_code) as store_code)
    from r_orders_in_scope o left join base.store_aliases a on a.code = o.store_code and o.business_day >= a.valid_from and o.business_day < a.valid_to
) o
left join r_order_sums s on s.order_id = o.order_id
left join r_order_gaps g on g.order_id = o.order_id
left join r_till_days d on d.store = o.store_code and d.day = o.business_day;

insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', 'D03', order_id, 'tenders'))::uuid, 'D03', 'open', store, day, null, paid - amount, 'order', order_id,
       channel, 'tenders'
from r_order_checks where state = 'difference';
