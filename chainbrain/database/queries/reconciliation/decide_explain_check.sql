-- One row when the differences are open or explained and were never given a day: then explaining them moves no row.
select 1
where not exists (
    select 1 from base.differences d
    where cast(d.difference_id as varchar) in (select subject_id from deciding)
      and (d.state not in ('open', 'explained') or d.difference_id in (select subject_id from base.decisions where expected_on is not null))
)
