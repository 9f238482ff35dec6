-- One channel (daypart where $divided says so) of one business day of a store in [$first, $after) that can be compared, with its
-- receipts, beside the same part of the day it is compared with: what the parts of a change add up.
with pairs as materialized (
    select p.store_id, p.day, p.base_day
    from base.day_pairs(cast($first as date), cast($after as date), cast($shift as integer)) p
    where p.state = 'pair' and ($stores is null or list_contains($stores::varchar[], p.store_id))
),
sold as (
    select store_id, business_day, part, amount from base.daily_parts
    where divided = $divided and ($channel is null or part = $channel) and ($daypart is null or part = $daypart)
      and ($channels is null or list_contains($channels::varchar[], part))
),
sides as (
    select p.*, s.part, s.amount, 0 as base_amount from pairs p join sold s on s.store_id = p.store_id and s.business_day = p.day
    union all
    select p.*, s.part, 0, s.amount from pairs p join sold s on s.store_id = p.store_id and s.business_day = p.base_day
)
select concat_ws(' ', store_id, day, part) as pair_id, store_id, day as business_day, base_day, part as channel, part as daypart,
       cast(sum(amount) as decimal(18,2)) as amount, cast(sum(base_amount) as decimal(18,2)) as base_amount
from sides
group by store_id, day, base_day, part
having $text is null or cast(sum(amount) as varchar) = $text or cast(sum(base_amount) as varchar) = $text
