-- One row per store and month: how many items were found, how many of them are settled, how many are still open and what is
-- open about them (absolute yuan). Items without a store belong to the whole chain. Settled is what a person or a rule
-- explained, left out, expects on a day, accepted or put together; what is open is what the work list counts.
with expected as (
    select subject_id from base.last_words where subject_type = 'difference' and verdict = 'timing'
), suggested as (
    select o.record_id, any_value(abs(o.amount)) as amount, any_value(cast(b.posted_at as date)) as day
    from base.matches m
    join base.match_members o on o.match_id = m.match_id and o.side = 'outer'
    join base.bank_lines b on b.bank_line_id = o.record_id
    join base.row_states s on s.record_type = 'bank_line' and s.record_id = o.record_id and s.reason = 'suggested'
    where m.state = 'suggested'
    group by o.record_id
), by_hand as (
    select m.match_id, any_value(t.store_code) as store_id, min(coalesce(cast(b.posted_at as date), o.business_day, cast(t.paid_at as date))) as day
    from base.matches m
    join base.match_members x on x.match_id = m.match_id
    left join base.bank_lines b on b.bank_line_id = if(x.record_type = 'bank_line', x.record_id, null)
    left join base.placed_tenders t on t.tender_id = if(x.record_type = 'tender', x.record_id, null)
    left join base.orders o on o.order_id = t.order_id
    where m.state = 'confirmed' and m.stage in ('accepted', 'by_hand')
    group by m.match_id
), items as (
    select store_id, coalesce(business_day, due_on) as day, state = 'open' as still, abs(amount) as amount
    from base.differences where state in ('open', 'explained', 'excluded') or state = 'timing' and difference_id in (from expected)
    union all
    select null, day, true, amount from suggested
    union all
    select store_id, business_day, true, abs(amount) from base.tender_suggestions
    union all
    select store_id, day, false, 0 from by_hand
)
select store_id, cast(date_trunc('month', day) as date) as month, count(*) as found, count(*) filter (where not still) as settled,
       count(*) filter (where still) as open, coalesce(sum(amount) filter (where still), 0)::decimal(18,2) as open_amount
from items
where day is not null and ($first is null or day >= $first) and ($after is null or day < $after)
group by all
order by month desc, store_id nulls first
