-- What was touched since the last reconciliation, and what was not settled by it. r_news: the files that came.
-- A row is told by its id, its kind and, where it is at hand, by its place in its table, from which it is read at once.
create or replace temp table r_news as
select file_id from r_files where file_id not in (select file_id from base.reconciled_files);
create or replace temp table r_touched as
select tender_id as record_id, 'tender' as kind, rowid as place from base.tenders where file_id in (from r_news)
union all select order_id, 'order', rowid from base.orders where file_id in (from r_news)
union all select payment_id, 'payment', rowid from base.payments where file_id in (from r_news)
union all select wallet_line_id, 'wallet_line', rowid from base.wallet_lines where file_id in (from r_news)
union all select split_line_id, 'split_line', rowid from base.split_lines where file_id in (from r_news)
union all select stored_value_line_id, 'stored_value_line', rowid from base.stored_value_lines where file_id in (from r_news);

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
select record_id, record_type, null from base.differences where difference_id in (select subject_id from r_changed_words where subject_type = 'difference')
union all
select record_id, record_type, null from base.match_members where match_id in (select subject_id from r_changed_words where subject_type = 'match');

-- Payouts: those of the payments that came, those whose bills came, those that are new or spoken of; with all their payments.
create or replace temp table r_bill_keys as
select distinct channel, merchant_no, external_id, bill_day from base.settlement_rows where file_id in (from r_news);
insert into r_touched
select payment_id, 'payment', p.rowid from base.payments p semi join r_bill_keys using (channel, merchant_no, bill_day)
union all
select payment_id, 'payment', p.rowid from base.payments p
semi join (from r_bill_keys where external_id is not null) b on b.channel = p.channel and b.external_id = p.settlement_ref;
create or replace temp table r_in_payout as
select payment_id, settlement_id from a_paid union all select payment_id, settlement_id from a_run_paid;
create or replace temp table r_touched_payouts as
select settlement_id from r_in_payout where payment_id in (select record_id from r_touched)
union
select settlement_id from base.settlements
where settlement_id not in (select record_id from base.row_states where record_type = 'settlement') or settlement_id in (select record_id from r_touched)
union
select settlement_id from a_rows where file_id in (from r_news)
union
select record_id from base.match_members
where record_type = 'settlement' and match_id in (
    select match_id from base.match_members
    where record_type = 'payment' and match_id in (select match_id from base.matches where kind = 'payment_settlement')
      and record_id in (select record_id from r_touched)
);
insert into r_touched
select payment_id, 'payment', null from r_in_payout where settlement_id in (from r_touched_payouts)
union all
select settlement_id, 'settlement', null from r_touched_payouts;

-- Cash of a day is judged by the day's count; a day of a till that is complete only now may speak of all its rows.
create or replace temp table r_counted_days as
select distinct store_code as store, business_day as day from base.placed_cash_counts where file_id in (from r_news);
create or replace temp table r_new_till_days as
select distinct account_no as store, day from base.placed_coverage where kind = 'till' and whole
except select store, day from base.reconciled_till_days;

-- What was open stays in question: a file that makes a day complete decides about it. So do pairs that no number made.
create or replace temp table r_soft as
select record_id, record_type as kind from base.row_states
where state in ('difference', 'timing') and leg <> 'bank' and record_type not in ('settlement', 'bank_line')
union
select record_id, record_type from base.row_states
where reason in ('decided', 'no_source') and leg <> 'bank' and record_type not in ('settlement', 'bank_line')
union
select i.record_id, i.record_type from base.match_members i join base.matches m on m.match_id = i.match_id
where m.kind = 'tender_payment' and m.state <> 'revoked' and m.stage in ('amount_and_time', 'accepted', 'refund_apart', 'equal_rows')
union
select record_id, record_type from base.differences where record_type = 'stored_value_line';

-- Tills of whose numbers few lead anywhere.
create or replace temp table r_loose_tills as
select split_part(key, chr(31), 1) as store from base.reconciled_facts where kind = 'habit' and whole >= 20 and part * 5 < whole;

-- What is in question: the beginning of what is in scope.
create or replace temp table r_scope as
select record_id, kind, max(place) as place
from (from r_touched union all select record_id, kind, null from r_soft) where record_id is not null group by record_id, kind;
