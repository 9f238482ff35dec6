-- One business day of a store in [$first, $after) that can be compared, with its receipts, beside the day it is compared with: what
-- like-for-like adds up. Where $state is given, days that cannot be compared, by the reason (new, closed, gap, calendar).
select concat_ws(' ', p.store_id, p.day) as pair_id, p.store_id, p.day as business_day, p.base_day, coalesce(n.amount, 0) as amount,
       coalesce(b.amount, 0) as base_amount, p.state as compared
from base.day_pairs(cast($first as date), cast($after as date), cast($shift as integer)) p
left join base.store_day_sales n on n.store_id = p.store_id and n.business_day = p.day
left join base.store_day_sales b on b.store_id = p.store_id and b.business_day = p.base_day
where p.state = coalesce($state, 'pair') and ($stores is null or list_contains($stores::varchar[], p.store_id))
  and ($text is null or cast(n.amount as varchar) = $text or cast(b.amount as varchar) = $text)
