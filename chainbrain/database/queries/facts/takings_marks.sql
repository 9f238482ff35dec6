-- The marks of all days with payments as they are now, in takings_now.
create or replace temp table takings_now as
select day, sum(mark) as mark
from (
    -- All that daily takings read of a payment, and what says where it belongs.
    select cast(occurred_at as date) as day,
           sum(hash(payment_id, channel, kind, amount, fee, cancelled, merchant_no, terminal_no, store_hint, if(merchant_no is null, file_id, null),
                    payment_id in (from base.bridged_payments))) as mark
    from base.payments group by all
    union all
    from base.place_marks
)
group by day;

-- The business days that moved: a payment belongs to the day on which it was made or, before the store's cut-off, to the day before.
create or replace temp table takings_moved as
with moved as (
    select coalesce(n.day, k.day) as day from takings_now n full join base.taking_marks k on k.day = n.day where n.mark is distinct from k.mark
)
select day from moved union select day - 1 from moved
-- A book of before has takings that no mark tells of.
union select business_day from base.daily_takings where not exists (from base.taking_marks);
