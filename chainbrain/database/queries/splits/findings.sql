-- Every difference of the split leg: the sale, who was due what, who got what.
with lines as (
    select l.*, coalesce(l.payment_external_id, split_part(l.external_id, '-', 1)) as number from base.split_lines l
), sides as (
    select difference_id, any_value(sale_id) as sale_id from (
        select d.difference_id, p.sale_id from base.differences d join base.split_parts p on p.split_part_id = d.record_id where d.code = 'D13'
        union all
        select d.difference_id, s.payment_id from base.differences d join lines l on l.split_line_id = d.record_id
        join base.payments s on s.channel = l.channel and s.external_id = l.number and s.kind = 'payment' where d.code = 'D13'
        union all
        select d.difference_id, d.record_id from base.differences d where d.code = 'D13' and d.record_type = 'payment'
    ) group by difference_id
), executed as (
    select i.record_id as part_id, any_value(g.done) as amount, any_value(g.due) as due, any_value(g.rules) as rules
    from base.match_members i
    join (
        select o.match_id, sum(o.amount) filter (where o.side = 'outer') as done, sum(o.amount) filter (where o.side = 'inner') as due,
               string_agg(distinct p.rule, '、' order by p.rule) as rules
        from base.match_members o
        join base.matches m on m.match_id = o.match_id and m.kind = 'split' and m.state = 'confirmed'
        left join base.split_parts p on p.split_part_id = o.record_id
        group by o.match_id
    ) g on g.match_id = i.match_id
    where i.side = 'inner' group by i.record_id
), whole as (
    -- over the cap: of the whole sale
    select x.difference_id, (select sum(p.amount) from base.split_parts p where p.sale_id = x.sale_id and p.amount > 0) as due,
           (select sum(l.amount) from lines l join base.payments s on s.payment_id = x.sale_id and s.channel = l.channel and s.external_id = l.number
            where l.amount > 0 and coalesce(l.status, 'success') <> 'failed') as done
    from sides x join base.differences d on d.difference_id = x.difference_id and d.record_type = 'payment'
), strangers as (
    -- to whom it went instead: the receiver of the sale who got just as much without a rule
    select x.difference_id, l.receiver, cast(sum(l.amount) as decimal(18,2)) as amount
    from sides x
    join base.differences d on d.difference_id = x.difference_id and d.cause = 'split_receiver'
    join base.payments s on s.payment_id = x.sale_id
    join lines l on l.channel = s.channel and l.number = s.external_id and coalesce(l.status, 'success') = 'success'
    where l.split_line_id not in (select record_id from base.match_members where record_type = 'split_line')
    group by x.difference_id, l.receiver, l.amount < 0, d.amount having sum(l.amount) = d.amount
    qualify count(*) over (partition by x.difference_id) = 1
)
select d.difference_id, d.state, d.cause, d.business_day, d.store_id, d.channel, s.external_id, s.amount as sale_amount,
       coalesce(e.rules, p.rule) as rule, coalesce(p.receiver, l.receiver) as receiver, coalesce(e.due, p.amount, w.due) as due, coalesce(e.amount, l.amount, w.done) as done, cast(d.amount as decimal(18,2)) as effect,
       d.due_on, d.note, g.receiver as went_to, g.amount as went
from base.differences d
left join sides x on x.difference_id = d.difference_id
left join base.payments s on s.payment_id = x.sale_id
left join base.split_parts p on p.split_part_id = d.record_id
left join base.split_lines l on l.split_line_id = d.record_id
left join executed e on e.part_id = d.record_id
left join whole w on w.difference_id = d.difference_id
left join strangers g on g.difference_id = d.difference_id
where d.code = 'D13' and ($first is null or d.business_day >= $first) and ($after is null or d.business_day < $after) and ($store is null or d.store_id = $store)
order by d.state <> 'open', d.due_on nulls last, abs(d.amount) desc, d.difference_id
