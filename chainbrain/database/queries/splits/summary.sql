-- Per month, store and rule: what its parts come to, how much of that the channels that split owe (due), what stands as agreed,
-- waits or is wrong of it, and what really went out (executed), right or wrong. The month is that of the sale or refund.
-- A match that brings the parts of several rules together gives each its own; what is off stands with the first.
with members as (
    select m.match_id, i.record_id as part_id, p.amount, sum(p.amount) over (partition by m.match_id) as due,
           row_number() over (partition by m.match_id order by p.rule, p.receiver, p.split_part_id) as turn
    from base.matches m
    join base.match_members i on i.match_id = m.match_id and i.side = 'inner'
    join base.split_parts p on p.split_part_id = i.record_id
    where m.kind = 'split' and m.state = 'confirmed'
), lines as (
    select o.match_id, sum(o.amount) as done
    from base.match_members o join base.matches m on m.match_id = o.match_id and m.kind = 'split' and m.state = 'confirmed'
    where o.side = 'outer' group by o.match_id
), executed as (
    select m.part_id, m.amount + case when m.turn = 1 then l.done - m.due else 0 end as amount
    from members m join lines l on l.match_id = m.match_id
)
select cast(date_trunc('month', p.business_day) as date) as month, p.store_id, p.split_rule_id, p.rule, p.receiver,
       count(*) filter (where s.state <> 'excluded') as parts, sum(p.amount) as reckoned,
       coalesce(sum(p.amount) filter (where s.state <> 'excluded'), 0) as due,
       coalesce(sum(p.amount) filter (where s.state = 'matched'), 0) as done,
       coalesce(sum(p.amount) filter (where s.state = 'timing'), 0) as waiting,
       coalesce(sum(p.amount) filter (where s.state = 'difference'), 0) as wrong,
       cast(coalesce(sum(e.amount), 0) as decimal(18,2)) as executed
from base.split_parts p
join base.row_states s on s.record_id = p.split_part_id and s.leg = 'split'
left join executed e on e.part_id = p.split_part_id
where ($first is null or p.business_day >= $first) and ($after is null or p.business_day < $after) and ($store is null or p.store_id = $store)
group by all order by month, p.store_id nulls last, p.rule, p.receiver, p.split_rule_id
