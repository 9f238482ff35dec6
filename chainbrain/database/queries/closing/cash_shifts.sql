-- One row per counted shift of the month, and of months that were closed before its sheet came: what should have lain in the drawer, what did, and the difference; a sheet without the opening
-- float or the sales says nothing about it.
select cast(c.cash_count_id as varchar), store_code, business_day, shift, cashier, opening_float, sales, coalesce(refunds, 0)::decimal(18,2),
       coalesce(paid_out, 0)::decimal(18,2), coalesce(banked, 0)::decimal(18,2), counted,
       cast(opening_float + sales - coalesce(refunds, 0) - coalesce(paid_out, 0) - coalesce(banked, 0) as decimal(18,2)) as expected
from base.placed_cash_counts c
left join (select file_id, floor from base.file_floors where floor > (select min(month) from base.standing_closes)) f on f.file_id = c.file_id
where business_day < $after and cast(greatest(date_trunc('month', business_day), f.floor) as date) = $first
order by business_day, store_code, shift, c.cash_count_id
