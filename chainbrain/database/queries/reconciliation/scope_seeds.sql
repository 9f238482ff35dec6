-- What was touched since the last reconciliation, and what was not settled by it. r_news: the files that came.
create or replace temp table r_news as
select file_id from r_files where file_id not in (select file_id from base.reconciled_files);
create or replace temp table r_scope (record_id uuid);
create or replace temp table r_touched as
select tender_id as record_id from base.tenders where file_id in (from r_news)
union all select order_id from base.orders where file_id in (from r_news)
union all select payment_id from base.payments where file_id in (from r_news)
union all select wallet_line_id from base.wallet_lines where file_id in (from r_news)
union all select split_line_id from base.split_lines where file_id in (from r_news)
union all select stored_value_line_id from base.stored_value_lines where file_id in (from r_news);

-- What people have said since, or taken back.
create or replace temp table r_changed_words as
select distinct subject_type, subject_id
from (
    (select subject_type, subject_id, verdict, note, expected_on from base.reconciled_words
     except select subject_type, subject_id, verdict, note, expected_on from base.last_words)
    union all
    (select subject_type, subject_id, verdict, note, expected_on from base.last_words
     except select subject_type, subject_id, verdict, note, expected_on from base.reconciled_words)
);
insert into r_touched
select record_id from base.differences where difference_id in (select subject_id from r_changed_words where subject_type = 'difference')
union all
select record_id from base.match_members where match_id in (select subject_id from r_changed_words where subject_type = 'match');

-- Payouts: those of the payments that came, those whose bills came, those that are new or spoken of; with all their payments.
create or replace temp table r_bill_keys as
select distinct channel, merchant_no, external_id, bill_day from base.settlement_rows where file_id in (from r_news);
insert into r_touched
select p.payment_id from base.payments p
where (p.channel, p.merchant_no, p.bill_day) in (select channel, merchant_no, bill_day from r_bill_keys)
   or (p.channel, p.settlement_ref) in (select channel, external_id from r_bill_keys where external_id is not null);
create or replace temp table r_in_payout as
select payment_id, settlement_id from a_paid union all select payment_id, settlement_id from a_run_paid;
create or replace temp table r_touched_payouts as
select settlement_id from r_in_payout where payment_id in (from r_touched)
union
select settlement_id from base.settlements
where settlement_id not in (select record_id from base.row_states where record_type = 'settlement') or settlement_id in (from r_touched)
union
select settlement_id from a_rows where file_id in (from r_news)
union
select record_id from base.match_members
where record_type = 'settlement' and match_id in (
    select i.match_id from base.match_members i join base.matches m on m.match_id = i.match_id
    where m.kind = 'payment_settlement' and i.record_type = 'payment' and i.record_id in (from r_touched)
);
insert into r_touched
select payment_id from r_in_payout where settlement_id in (from r_touched_payouts)
union all
select settlement_id from r_touched_payouts;

-- The store and day of a tender, as working.sql reads them.
create or replace temp table r_day_cutoffs as select store_id as store, to_seconds(epoch(day_cutoff)) as cutoff from r_stores;
create or replace temp macro tender_days(tenders_of) as table
select t.tender_id, t.store_code as store, t.method, t.order_no, t.reference, t.paid_at, t.order_id,
       coalesce(case when (t.is_refund or t.amount < 0) then cast(t.paid_at - c.cutoff as date) end, o.business_day,
                cast(t.paid_at - c.cutoff as date)) as day
from base.placed(tenders_of) t
left join base.orders o on o.order_id = t.order_id
left join r_day_cutoffs c on c.store = t.store_code;
create or replace temp view r_tender_days as from tender_days('base.tenders');

-- Cash of a day is judged by the day's count; a day of a till that is complete only now may speak of all its rows.
create or replace temp table r_counted_days as
select distinct store_code as store, business_day as day from base.placed_cash_counts where file_id in (from r_news);
create or replace temp table r_new_till_days as
select distinct account_no as store, day from base.placed_coverage where kind = 'till' and whole
except select store, day from base.reconciled_till_days;

-- What was open stays in question: a file that makes a day complete decides about it. So do pairs that no number made.
create or replace temp table r_soft as
select record_id from base.row_states
where leg <> 'bank' and record_type not in ('settlement', 'bank_line') and (state in ('difference', 'timing') or reason in ('decided', 'no_source'))
union
select i.record_id from base.match_members i join base.matches m on m.match_id = i.match_id
where m.kind = 'tender_payment' and m.state <> 'revoked' and m.stage in ('amount_and_time', 'accepted', 'refund_apart', 'equal_rows')
union
select record_id from base.differences where record_type = 'stored_value_line';

-- Tills of whose numbers few lead anywhere.
create or replace temp table r_loose_tills as
select split_part(key, chr(31), 1) as store from base.reconciled_facts where kind = 'habit' and whole >= 20 and part * 5 < whole;
-- The clock of a till is read from all its sales of a day, where one of them has no number.
create or replace temp table r_asked_tenders as
from base.tenders where tender_id in (select record_id from r_touched union all select record_id from r_soft) and paid_at is not null;
create or replace temp table r_clock_days as
select distinct t.store, t.day from tender_days('r_asked_tenders') t
where t.method not in ('cash', 'stored_value', 'coupon')
  and (nullif(trim(t.reference), '') is null or trim(t.reference) = t.order_no or t.store in (from r_loose_tills));
create or replace temp table r_whole_days as
from r_clock_days union from r_counted_days union from r_new_till_days;
insert into r_touched
select tender_id from r_tender_days where (store, day) in (from r_whole_days);

-- The products of an order say what of its sales falls on the group that a split rule names. Whether they are all of them, the order says.
create or replace temp table r_items_of as
select distinct order_id, order_no from base.order_items
where (file_id in (from r_news) or order_id in (select order_id from base.orders where file_id in (from r_news)))
  and exists (from main.split_rules where category is not null);
insert into r_touched
select tender_id from base.tenders where order_id in (select order_id from r_items_of)
union all
select payment_id from base.payments
where trim(merchant_order_no) in (select order_no from r_items_of) or trim(external_id) in (select order_no from r_items_of);

-- A part of a split is judged with its sale.
insert into r_touched
select sale_id from base.split_parts where split_part_id in (select record_id from r_touched union all select record_id from r_soft);

insert into r_scope select distinct record_id from (from r_touched union all from r_soft) where record_id is not null;
create or replace temp table r_fresh as from r_scope;
create or replace temp table r_known (id varchar, role varchar);
