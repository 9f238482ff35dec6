-- One part of a sale that is due to somebody, or one executed line of a split bill, with its state at the split leg.
-- With $rule what is due by one rule (its id) to $receiver; $counted leaves out what the channels need not split. With $merchant what is due
-- of sales under one number. With $executed the parts for which something went out, and what (queries/splits/summary.sql).
with members as (
    select m.match_id, i.record_id as part_id, p.amount, sum(p.amount) over (partition by m.match_id) as due,
           row_number() over (partition by m.match_id order by p.rule, p.receiver, p.split_part_id) as turn
    from base.matches m
    join base.match_members i on i.match_id = m.match_id and i.side = 'inner'
    join base.split_parts p on p.split_part_id = i.record_id
    where $executed and m.kind = 'split' and m.state = 'confirmed'
), gone as (
    select o.match_id, sum(o.amount) as done
    from base.match_members o join base.matches m on m.match_id = o.match_id and m.kind = 'split' and m.state = 'confirmed'
    where $executed and o.side = 'outer' group by o.match_id
), executed as (
    select m.part_id, cast(m.amount + if(m.turn = 1, l.done - m.due, 0) as decimal(18,2)) as amount
    from members m join gone l on l.match_id = m.match_id
), sides as (
    select p.split_part_id as split_id, p.business_day as day, p.store_id, s.channel, coalesce(s.refund_id, s.external_id) as external_id,
           p.receiver, p.rule, cast(p.split_rule_id as varchar) as rule_id, p.amount as due, cast(null as decimal(18,2)) as done, 'split_part' as record_type, s.merchant_no, s.file_id, s.line
    from base.split_parts p join main.payments s on s.payment_id = p.payment_id
    union all
    select l.split_line_id, cast(l.occurred_at as date), s.store_id, l.channel, coalesce(l.payment_external_id, l.external_id),
           l.receiver, null, null, null, l.amount, 'split_line', null, l.file_id, l.line
    from base.split_lines l
    left join (
        select channel, external_id, any_value(store_id) as store_id from main.payments where kind = 'payment' group by channel, external_id having count(*) = 1
    ) s on s.channel = l.channel and s.external_id = coalesce(l.payment_external_id, split_part(l.external_id, '-', 1))
)
select d.split_id, d.day, d.store_id, d.channel, d.external_id, d.receiver, d.rule, d.due, coalesce(d.done, e.amount) as done, s.state, s.reason, s.match_id, f.name as file, d.line
from sides d
left join base.row_states s on s.record_type = d.record_type and s.record_id = d.split_id and s.leg = coalesce($leg, 'split')
left join base.source_files f on f.file_id = d.file_id
left join executed e on e.part_id = d.split_id
where ($stores is null or list_contains($stores::varchar[], d.store_id)) and ($channel is null or d.channel = $channel)
  and ($first is null or d.day >= $first) and ($after is null or d.day < $after)
  and ($state is null or s.state = $state) and ($counted is null or (s.state <> 'excluded') = $counted)
  and ($rule is null or d.rule_id = $rule) and ($receiver is null or d.receiver = $receiver) and ($placed is null or (d.store_id is not null) = $placed)
  and ($executed is null or e.part_id is not null)
  and ($merchant is null or d.merchant_no = $merchant)
  and ($code is null or d.split_id in (select record_id from base.differences where code = $code))
  and ($match is null or d.split_id in (select record_id from base.match_members where match_id = try_cast($match as uuid)))
  and ($text is null or contains(d.external_id, $text) or contains(d.receiver, $text) or contains(d.rule, $text) or cast(coalesce(d.due, d.done) as varchar) = $text)
