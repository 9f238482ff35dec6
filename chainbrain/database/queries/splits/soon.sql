-- Parts that were not split yet and whose money is released within so many days of the last day that the book knows. Platform merchants
-- have longer; assumed: of this one nobody said which kind it is, and the shorter time counts.
with known as (select max(day) as day from base.coverage where kind in ('split', 'wallet')),
open as (
    select p.sale_id, p.rule, p.receiver, any_value(p.store_id) as store_id, sum(p.amount) as amount
    from base.split_parts p join base.row_states s on s.record_id = p.split_part_id and s.leg = 'split'
    where s.match_id is null and s.state in ('timing', 'difference') group by p.sale_id, p.rule, p.receiver having sum(p.amount) > 0
), kinds as (
    select p.payment_id as sale_id, min(k.merchant_kind) as kind
    from open o join base.payments p on p.payment_id = o.sale_id
    left join base.wallet_file_accounts a on a.file_id = p.file_id and a.channel = p.channel
    join base.merchant_kinds k on k.channel = p.channel and k.merchant = base.merchant_key(coalesce(p.merchant_no, a.merchant_no))
         and cast(p.occurred_at as date) >= k.since and cast(p.occurred_at as date) < k.until
    group by p.payment_id
), dated as (
    select o.*, w.channel, w.external_id, w.occurred_at,
           k.kind is null and w.channel in (select split_part(key, '.', 2) from base.rules where key like 'split.%.freeze_platform') as assumed,
           cast(w.occurred_at as date) + (
               select cast(cast(r.value as decimal(18,6)) as integer) from base.standing_rules r
               -- a channel that gives platform merchants no time of their own gives them that of all
               where r.key in ('split.' || w.channel || '.freeze', if(k.kind = 'platform', 'split.' || w.channel || '.freeze_platform', null)) and cast(w.occurred_at as date) >= r.valid_from
                 and (r.valid_to is null or cast(w.occurred_at as date) < r.valid_to)
               order by r.key like '%.freeze', r.valid_from desc, r.entry_id desc nulls last limit 1
           ) as released_on
    from open o join base.payments w on w.payment_id = o.sale_id
    left join kinds k on k.sale_id = o.sale_id
)
select d.released_on, d.store_id, d.channel, d.external_id, d.rule, d.receiver, d.amount, d.released_on - k.day as days, d.assumed
from dated d, known k
where d.released_on >= k.day and d.released_on <= k.day + $within
order by d.released_on, d.amount desc, d.external_id, d.receiver
