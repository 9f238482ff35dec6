-- A decision on one-sided differences, shown at once: the difference, its row, and the order of a tender.
update base.differences d
set state = case x.verdict when 'exclude' then 'excluded' when 'timing' then 'timing' else 'open' end, note = x.note
from (
    select subject_id, verdict, note from base.decisions where subject_type = 'difference'
    qualify row_number() over (partition by subject_id order by decision_id desc) = 1
) x
where x.subject_id = d.difference_id and cast(d.difference_id as varchar) in (select subject_id from deciding);

update base.row_states s
set state = case d.state when 'excluded' then 'excluded' when 'timing' then 'timing' else 'difference' end,
    reason = case d.state when 'excluded' then 'decided' else d.cause end, due_on = d.due_on
from base.differences d
where cast(d.difference_id as varchar) in (select subject_id from deciding) and s.record_id = d.record_id and s.record_type = d.record_type
  and s.leg = case when d.cause in ('not_arrived', 'no_settlement', 'other_payer') then 'bank' when d.cause = 'not_in_bill' then 'payout' else 'till' end;

update base.row_states s
set state = w.state, reason = w.reason, due_on = w.due_on
from (
    select t.order_id,
           case
               when greatest(max(f.own), max(t.weight)) = 3 then 'difference'
               when greatest(max(f.own), max(t.weight)) = 2 then 'timing'
               when max(t.weight) = 0 then 'excluded'
               else 'matched'
           end as state,
           case
               when greatest(max(f.own), max(t.weight)) = 3 then null
               when greatest(max(f.own), max(t.weight)) = 2 then min(t.reason) filter (where t.weight = 2)
               when max(t.weight) = 0 then min(t.reason) filter (where t.weight = 0)
           end as reason,
           case when greatest(max(f.own), max(t.weight)) = 2 then coalesce(min(t.due_on), any_value(f.day) + 1) end as due_on
    from (
        select t.order_id, r.reason, r.due_on, case r.state when 'difference' then 3 when 'timing' then 2 when 'matched' then 1 else 0 end as weight
        from base.tenders t join base.row_states r on r.record_id = t.tender_id and r.record_type = 'tender'
        where t.order_id in (
            select x.order_id from base.tenders x join base.differences d on d.record_id = x.tender_id
            where cast(d.difference_id as varchar) in (select subject_id from deciding)
        )
    ) t
    join (
        select o.order_id, o.business_day as day, case d.state when 'excluded' then 0 when 'timing' then 2 when 'open' then 3 when 'explained' then 3 else 1 end as own
        from base.orders o left join base.differences d on d.record_id = o.order_id and d.record_type = 'order'
    ) f on f.order_id = t.order_id
    group by t.order_id
) w
where s.record_type = 'order' and s.leg = 'till' and s.record_id = w.order_id;
