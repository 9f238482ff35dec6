-- The cash of a store and day is judged together: with one of its tenders come the others.
create or replace temp table r_cash_of as
select distinct store, day from r_tender_days where method = 'cash' and tender_id in (from r_fresh);
create or replace temp table r_cash_hits as
select tender_id as record_id from r_tender_days where method = 'cash' and (store, day) in (from r_cash_of) and tender_id not in (from r_scope);
insert into r_scope from r_cash_hits;
insert into r_fresh from r_cash_hits;
