-- What stays in the shop: cash, stored value, vouchers.

-- Cash: proven by the day's count when the counted sales are exactly the till's cash of that day.
create or replace temp table r_cash_days as
select t.store, t.day, sum(t.amount) as till, c.counted
from r_tenders t
left join (
    select store_code as store, business_day as day, case when count(sales) = count(*) then sum(sales) - coalesce(sum(refunds), 0) end as counted
    from base.placed_cash_counts group by store_code, business_day
) c on c.store = t.store and c.day = t.day
where t.method = 'cash' and not t.cancelled
group by t.store, t.day, c.counted;

create or replace temp view r_states_cash as
select 'tender' as record_type, t.tender_id as record_id, 'till' as leg, t.file_id,
       case when not t.cancelled and d.till = d.counted then 'matched' else 'excluded' end as state, null::uuid as match_id,
       case when t.cancelled then 'order_cancelled' when d.till = d.counted then 'cash_counted' when d.counted is null then 'cash_not_counted'
            else 'cash_total_differs' end as reason, null::date as due_on
from r_tenders t left join r_cash_days d on d.store = t.store and d.day = t.day
where t.method = 'cash' and t.amount <> 0;

-- Over and short: what was counted against what should lie in the drawer. A sheet without the opening float or the sales
-- says nothing about it; refunds, payments and deposits left blank were none.
insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', 'D10', cash_count_id))::uuid, 'D10', 'open', store_code, business_day, null,
       counted - (opening_float + sales - coalesce(refunds, 0) - coalesce(paid_out, 0) - coalesce(banked, 0)),
       'cash_count', cash_count_id, 'cash', 'drawer'
from base.placed_cash_counts
where counted <> opening_float + sales - coalesce(refunds, 0) - coalesce(paid_out, 0) - coalesce(banked, 0);

-- Stored value: the till's tender against the member system's own line, by the order number within the store.
create or replace temp table r_sv_lines as
select stored_value_line_id, store_code as store, amount, reference, cast(occurred_at - coalesce(k.cutoff, interval 0 second) as date) as day, file_id, occurred_at
from base.placed_stored_value_lines l left join r_cutoffs k on k.store = l.store_code
where kind = 'use' and reference is not null and amount <> 0 and in_scope(stored_value_line_id);
create or replace temp table r_sv_span as
select l.store_code as store, min(s.first) as first, max(s.last) as last
from base.placed_stored_value_lines l
join (
    select file_id, min(cast(occurred_at as date)) as first, max(cast(occurred_at as date)) as last from base.stored_value_lines group by file_id
) s on s.file_id = l.file_id
group by l.store_code;
create or replace temp table r_sv_tenders as
select t.tender_id, t.store, t.day, t.amount, t.moment, t.line, t.file_id, t.refund, t.order_no,
       case when (t.store, t.reference) in (select store, reference from r_sv_lines) then t.reference else t.order_no end as reference
from r_tenders t where t.method = 'stored_value' and t.amount <> 0 and not t.cancelled;

create or replace temp table r_sv_pairs as
select l.tender_id, r.stored_value_line_id, l.amount as tender_amount, r.amount as line_amount
from (select *, row_number() over (partition by store, reference, amount order by moment, line, tender_id) as rank from r_sv_tenders where not refund) l
join (select *, row_number() over (partition by store, reference, amount order by occurred_at, stored_value_line_id) as rank from r_sv_lines) r
  using (store, reference, amount, rank);
insert into r_sv_pairs
select l.tender_id, r.stored_value_line_id, l.amount, r.amount
from (
    select *, row_number() over (partition by store, reference order by moment, line, tender_id) as rank
    from r_sv_tenders where not refund and tender_id not in (select tender_id from r_sv_pairs)
) l
join (
    select *, row_number() over (partition by store, reference order by occurred_at, stored_value_line_id) as rank
    from r_sv_lines where stored_value_line_id not in (select stored_value_line_id from r_sv_pairs)
) r using (store, reference, rank);

create or replace temp table r_sv_verdicts as
select t.tender_id, t.store, t.day, t.file_id, p.line_amount - t.amount as amount,
       case
           when p.tender_id is not null and p.line_amount = t.amount then 'matched'
           when p.tender_id is not null then 'difference'
           when t.refund or s.store is null or t.day < s.first or t.day > s.last then 'excluded'
           else 'difference'
       end as state,
       p.tender_id is null as missing, t.amount as tender_amount
from r_sv_tenders t
left join r_sv_pairs p on p.tender_id = t.tender_id
left join r_sv_span s on s.store = t.store;

create or replace temp view r_states_stored_value as
select 'tender' as record_type, tender_id as record_id, 'till' as leg, file_id, state, null::uuid as match_id,
       case when state = 'excluded' then 'no_source' end as reason, null::date as due_on
from r_sv_verdicts
union all
select 'tender', tender_id, 'till', file_id, 'excluded', null, 'order_cancelled', null from r_tenders
where method = 'stored_value' and amount <> 0 and cancelled;
insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', 'D14', tender_id))::uuid, 'D14', 'open', store, day, null,
       case when missing then -tender_amount else amount end, 'tender', tender_id, 'stored_value', case when missing then 'till_only' else 'amount' end
from r_sv_verdicts where state = 'difference';
insert into r_flags
select md5(concat_ws(chr(31), 'difference', 'D14', tender_id))::uuid, 'tender', tender_id, 'till', 'difference' from r_sv_verdicts where state = 'difference';
-- used in the member system, unknown to a till whose day is complete
insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', 'D14', stored_value_line_id))::uuid, 'D14', 'open', l.store, l.day, null, l.amount,
       'stored_value_line', l.stored_value_line_id, 'stored_value', 'wallet_only'
from r_sv_lines l join r_till_days d on d.store = l.store and d.day = l.day
where l.stored_value_line_id not in (select stored_value_line_id from r_sv_pairs)
  and (l.store, l.reference) not in (select store, order_no from r_tenders where method = 'stored_value' and cancelled);

-- Vouchers have no counterpart in the book; nothing was paid where the amount is zero.
create or replace temp view r_states_vouchers as
select 'tender' as record_type, tender_id as record_id, 'till' as leg, file_id, 'excluded' as state, null::uuid as match_id,
       case when cancelled then 'order_cancelled' when amount = 0 then 'zero_amount' else 'coupon' end as reason, null::date as due_on
from r_tenders where method = 'coupon' or amount = 0;
