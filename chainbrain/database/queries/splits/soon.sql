-- Parts that were not split yet and whose money is released within so many days of the last day that the book knows.
with known as (select max(day) as day from base.coverage where kind in ('split', 'wallet')),
open as (
    select p.sale_id, p.rule, p.receiver, any_value(p.store_id) as store_id, sum(p.amount) as amount
    from base.split_parts p join base.row_states s on s.record_id = p.split_part_id and s.leg = 'split'
    where s.match_id is null and s.state in ('timing', 'difference') group by p.sale_id, p.rule, p.receiver having sum(p.amount) > 0
), dated as (
    select o.*, w.channel, w.external_id, w.occurred_at,
           cast(w.occurred_at as date) + (
               select cast(cast(r.value as decimal(18,6)) as integer) from base.standing_rules r
               where r.key = 'split.' || w.channel || '.freeze' and cast(w.occurred_at as date) >= r.valid_from
                 and (r.valid_to is null or cast(w.occurred_at as date) < r.valid_to)
               order by r.valid_from desc, r.entry_id desc nulls last limit 1
           ) as released_on
    from open o join base.payments w on w.payment_id = o.sale_id
)
select d.released_on, d.store_id, d.channel, d.external_id, d.rule, d.receiver, d.amount, d.released_on - k.day as days
from dated d, known k
where d.released_on >= k.day and d.released_on <= k.day + $within
order by d.released_on, d.amount desc, d.external_id, d.receiver
