-- The cash of a store and day is judged together: with one of its tenders come the others.
create or replace temp table r_fresh_cash as
select *, rowid as place from base.tenders where rowid in (select place from r_fresh where kind = 'tender') and method = 'cash';
create or replace temp table r_cash_of as select distinct store, day from tender_days('r_fresh_cash');
create or replace temp view r_cash_tenders as
select *, rowid as place from base.tenders
where method = 'cash' and store_code in (
    select store from r_cash_of union all select code from base.store_aliases where store_id in (select store from r_cash_of)
);
create or replace temp table r_cash_hits as
select tender_id as record_id, 'tender' as kind, place from tender_days('r_cash_tenders')
where (store, day) in (from r_cash_of) and tender_id not in (select record_id from r_scope);
insert into r_scope from r_cash_hits;
insert into r_fresh from r_cash_hits;
