-- One row when every subject is the only difference of a row that no match holds: then the decision moves that row alone
-- (and, for a tender, its order).
select 1
from (
    select count(*) as subjects,
           count(*) filter (
               where d.cause in ('till_only', 'wallet_only', 'duplicate', 'not_arrived', 'no_settlement', 'other_payer', 'not_in_bill', 'drawer')
                 and not exists (select 1 from base.differences o where o.record_id = d.record_id and o.difference_id <> d.difference_id)
                 -- the day a person gave can only be put back by a run
                 and d.difference_id not in (select x.subject_id from base.decisions x where x.expected_on is not null)
                 and not exists (
                     select 1 from base.row_states s where s.record_id = d.record_id and s.match_id is not null and s.leg in ('till', 'bank')
                       and (s.leg = 'bank') = (d.cause in ('not_arrived', 'no_settlement', 'other_payer'))
                 )
                 and not exists (
                     select 1 from base.tenders t join base.orders r on r.order_id = t.order_id
                     where d.record_type = 'tender' and t.tender_id = d.record_id and r.status = 'open'
                 )
           ) as alone
    from base.differences d where cast(d.difference_id as varchar) in (select subject_id from deciding)
)
where subjects = alone and subjects = (select count(distinct subject_id) from deciding)
