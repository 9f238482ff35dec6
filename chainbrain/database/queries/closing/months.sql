-- One row per month from which the book has rows, and how it stands.
with days as (
    select distinct business_day as day from base.orders
    union select distinct cast(occurred_at as date) from base.payments
    union select distinct cast(occurred_at as date) from base.wallet_lines
    union select distinct bill_day from base.settlement_rows
    union select distinct cast(posted_at as date) from base.bank_lines
    union select distinct business_day from base.cash_counts
    union select distinct cast(occurred_at as date) from base.stored_value_lines
    union select distinct day from base.openings
), known as (
    select distinct cast(date_trunc('month', day) as date) as month from days where day is not null
    union select month from base.month_closes
), latest as (
    select c.*, r.entry_id as reopened, r.reason as reopened_for
    from base.month_closes c left join base.month_reopenings r on r.close_entry = c.entry_id
    qualify row_number() over (partition by c.month order by c.version desc) = 1
)
select k.month, case when l.entry_id is null then 'open' when l.reopened is null then 'closed' else 'reopened' end, l.version, l.signed_by,
       l.signed_at, coalesce(l.reopened_for, l.reason), l.accepted, l.entry_id
from known k left join latest l on l.month = k.month
order by k.month
