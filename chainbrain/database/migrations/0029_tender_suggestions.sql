-- One row per suggestion at the till that waits for a word, the nearest of each tender; equal rows are one suggestion together.
create view base.tender_suggestions as
with told as (
    select m.match_id, m.stage, m.solutions, json_extract(m.explanation, '$.apart')::integer as apart, i.record_id as tender_id, i.amount
    from base.matches m
    join base.match_members i on i.match_id = m.match_id and i.side = 'inner' and i.record_type = 'tender'
    join base.row_states s on s.record_type = 'tender' and s.record_id = i.record_id and s.leg = 'till' and s.reason = 'suggested'
    where m.state = 'suggested' and m.kind = 'tender_payment'
), ranked as (
    select *, row_number() over (partition by tender_id order by apart nulls last, match_id) as rank, count(*) over (partition by tender_id) as answers
    from told
), best as (
    select match_id, any_value(stage) as stage, greatest(max(solutions), max(answers)) as solutions, min(apart) as apart,
           min(tender_id) as tender_id, count(*) as tenders, sum(amount)::decimal(18,2) as amount
    from ranked where rank = 1 group by match_id
), paid as (
    select o.match_id, sum(o.amount)::decimal(18,2) as paid
    from base.match_members o where o.side = 'outer' and o.match_id in (select match_id from best) group by o.match_id
)
select b.match_id, b.stage, b.solutions, b.apart, b.tender_id, b.tenders, b.amount, p.paid, t.store_code as store_id, t.method as channel,
       t.order_no, coalesce(o.business_day, cast(t.paid_at as date), cast(o.ordered_at as date)) as business_day
from best b
join paid p on p.match_id = b.match_id
join base.placed_tenders t on t.tender_id = b.tender_id
left join base.orders o on o.order_id = t.order_id;
