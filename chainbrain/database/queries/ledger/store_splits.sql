-- Per month what went to head office from the store's sales by splits: lines that stand for parts of its agreements, and lines on
-- account of the month.
with agreed as (
    select m.match_id, any_value(p.store_id) as store_id from base.matches m
    join base.match_members i on i.match_id = m.match_id and i.side = 'inner'
    join base.split_parts p on p.split_part_id = i.record_id and p.store_id in (select unnest($stores))
    where m.kind = 'split' and m.state = 'confirmed' group by m.match_id having bool_or(trim(p.receiver) in (select unnest($head_office)))
), went as (
    select any_value(a.store_id) as store_id, any_value(p.business_day) as day, any_value(g.done) as amount
    from agreed a
    join base.match_members i on i.match_id = a.match_id and i.side = 'inner'
    join base.split_parts p on p.split_part_id = i.record_id
    join (select match_id, sum(amount) as done from base.match_members where side = 'outer' group by match_id) g on g.match_id = a.match_id
    group by a.match_id
    union all
    select k.store_id, k.business_day, l.amount
    from base.split_lines l
    join base.row_states s on s.record_id = l.split_line_id and s.leg = 'split' and s.reason = 'split_on_account'
    join base.payments p on p.channel = l.channel and p.external_id = coalesce(l.payment_external_id, split_part(l.external_id, '-', 1)) and p.kind = 'payment'
    join base.payment_links k on k.payment_id = p.payment_id and k.store_id in (select unnest($stores))
    where trim(l.receiver) in (select unnest($head_office))
)
select store_id, cast(date_trunc('month', day) as date) as month, cast(sum(amount) as decimal(18,2)) as amount
from went where $first is null or day >= $first group by all order by all
