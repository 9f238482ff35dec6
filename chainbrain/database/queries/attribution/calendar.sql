-- Days with the number of working days up to and including them, around everything that happens in the book.
create or replace temp table a_days as
with span as (
    select least(min(first), date '2100-01-01') - 40 as first, greatest(max(last), date '1990-01-01') + 60 as last
    from (
        select min(cast(posted_at as date)) as first, max(cast(posted_at as date)) as last from base.bank_lines
        union all select min(cast(occurred_at as date)), max(cast(occurred_at as date)) from base.wallet_lines where kind = 'withdrawal'
        union all select min(cast(occurred_at as date)), max(cast(occurred_at as date)) from base.payments
        union all select min(least(bill_day, pays_on)), max(greatest(bill_day, pays_on)) from base.settlement_rows
        union all select min(day), max(day) from base.openings
    )
), days as (
    select cast(unnest(generate_series(first, last, interval 1 day)) as date) as day from span where first < last
)
select d.day, works, sum(cast(works as integer)) over (order by d.day) as work_no
from (
    select d.day, coalesce(h.kind = 'workday', false) or (isodow(d.day) < 6 and coalesce(h.kind <> 'holiday', true)) as works
    from days d left join base.holidays h on h.day = d.day
) d;
