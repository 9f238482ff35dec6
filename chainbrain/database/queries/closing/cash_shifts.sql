-- One row per counted shift of the days: what should have lain in the drawer, what did, and the difference; a sheet without the opening
-- float or the sales says nothing about it.
select cast(cash_count_id as varchar), store_code, business_day, shift, cashier, opening_float, sales, coalesce(refunds, 0)::decimal(18,2),
       coalesce(paid_out, 0)::decimal(18,2), coalesce(banked, 0)::decimal(18,2), counted,
       cast(opening_float + sales - coalesce(refunds, 0) - coalesce(paid_out, 0) - coalesce(banked, 0) as decimal(18,2)) as expected
from base.placed_cash_counts
where business_day >= $first and business_day < $after
order by business_day, store_code, shift, cash_count_id
