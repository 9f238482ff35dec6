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

-- What a card paid and the till does not know of is told once the till's day is complete (local.sql).
insert into r_found
select l.stored_value_line_id, 'stored_value_line', l.rowid
from (
    select v.stored_value_line_id, v.rowid, coalesce(a.store_id, v.store_code) as store, v.occurred_at
    from base.stored_value_lines v
    left join base.store_aliases a
      on a.code = v.store_code and cast(v.occurred_at as date) >= a.valid_from and cast(v.occurred_at as date) < a.valid_to
) l
left join r_day_cutoffs c on c.store = l.store
where (l.store, cast(l.occurred_at - coalesce(c.cutoff, interval 0 second) as date)) in (from r_new_till_days);
