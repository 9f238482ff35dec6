-- Whole days of a till: with a sale that bears no number, counted anew, or complete only now.
insert into r_whole_days
select distinct store, day from tender_days('r_asked_tenders')
where nullif(trim(reference), '') is null or trim(reference) = order_no or store in (from r_loose_tills)
union
from r_counted_days
union
from r_new_till_days;
create or replace temp view r_tenders_of_days as
select *, rowid as place from base.tenders
where store_code in (
    select store from r_whole_days union all select code from base.store_aliases where store_id in (select store from r_whole_days)
);
insert into r_found
select tender_id, 'tender', place from tender_days('r_tenders_of_days') where (store, day) in (from r_whole_days);
