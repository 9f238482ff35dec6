-- One row: what of the receipts of [$first, $after) was paid from stored value and with coupons; refunds are in neither.
select cast(coalesce(sum(amount) filter (where method = 'stored_value'), 0) as decimal(18,2)),
       cast(coalesce(sum(amount) filter (where method = 'coupon'), 0) as decimal(18,2))
from base.daily_methods
where method in ('stored_value', 'coupon') and business_day >= $first and business_day < $after
  and ($stores is null or list_contains($stores::varchar[], store_id))
