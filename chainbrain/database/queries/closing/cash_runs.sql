-- One row per pattern worth a talk, of one person or drawer, on shifts of the month: short three times within ten shifts in a row
-- (earlier shifts count, the last of them lies in the month), always round amounts, short on one weekday only.
with counted as (
    select cash_count_id, store_code, business_day, shift, cashier,
           counted - (opening_float + sales - coalesce(refunds, 0) - coalesce(paid_out, 0) - coalesce(banked, 0)) as over
    from base.placed_cash_counts where business_day >= cast($first as date) - interval 92 day and business_day < $after
), judged as (
    select * from counted where over is not null
), people as (
    select *, row_number() over (partition by cashier order by business_day, shift, cash_count_id) as turn from judged where cashier is not null
), windows as (
    select cashier, business_day, cash_count_id,
           count(*) filter (where over < 0) over ten as short, sum(least(over, 0)) over ten as amount, count(*) over ten as shifts,
           array_agg(cash_count_id) filter (where over < 0) over ten as ids
    from people
    window ten as (partition by cashier order by turn rows between 9 preceding and current row)
), often as (
    select 'short_often' as kind, cashier, short as hits, shifts, amount, null as weekday, ids from windows
    where business_day >= $first and short >= 3
    qualify row_number() over (partition by cashier order by short desc, amount, business_day, cash_count_id) = 1
), of_month as (
    select * from people where business_day >= $first
), round_sums as (
    select 'round_amounts', cashier, count(*), (select count(*) from of_month a where a.cashier = m.cashier), sum(over), null::integer, list(cash_count_id order by business_day, shift)
    from of_month m where over <> 0 group by cashier
    having count(*) >= 3 and bool_and(over % 10 = 0)
), weekdays as (
    select 'one_weekday', cashier, count(*), (select count(*) from of_month a where a.cashier = m.cashier), sum(over), min(isodow(business_day))::integer,
           list(cash_count_id order by business_day, shift)
    from of_month m where over < 0 group by cashier
    having count(distinct business_day) >= 3 and min(isodow(business_day)) = max(isodow(business_day))
       and (select count(distinct isodow(a.business_day)) from of_month a where a.cashier = m.cashier) >= 3
)
select kind, cashier, hits, shifts, cast(amount as decimal(18,2)), weekday, cast(ids as varchar[])
from (from often union all from round_sums union all from weekdays)
order by kind, amount, cashier
