-- One row per month from the opening of a store: its first day open in the month, the first day after the month, the days counted in it (with a
-- till file, or closed), net sales of those days, fees of its payments (nothing where no payment is known), days and sources that lack a wallet's
-- or platform's bill, and the costs entered by subject (nothing where none were).
with months as (
    select m.month, greatest(m.month, coalesce(s.opened_on, m.month)) as first_day, cast(m.month + interval 1 month as date) as after
    from (select cast(unnest(generate_series(cast($opened as date), cast($last as date), interval 1 month)) as date) as month) m
    left join main.stores s on s.store_id = $store
),
counted as (
    select cast(date_trunc('month', d.day) as date) as month, count(*) as days, sum(coalesce(v.amount - v.refunds, 0)) as net
    from base.store_days(cast($opened as date), cast($last as date) + 1) d
    left join base.store_day_sales v on v.store_id = d.store_id and v.business_day = d.day
    where d.store_id = $store and d.state in ('full', 'closed')
    group by all
),
unbilled as (
    select cast(date_trunc('month', day) as date) as month, count(*) as days
    from base.source_days(cast($opened as date), cast($last as date) + 1)
    where store_id = $store and source <> 'till' and state = 'missing'
    group by all
),
charged as (
    select cast(date_trunc('month', l.business_day) as date) as month, sum(p.fee) as fees
    from base.payments p join base.payment_links l on l.payment_id = p.payment_id
    where l.store_id = $store and not p.cancelled and p.kind in ('payment', 'refund') and p.payment_id not in (from base.bridged_payments)
    group by all
),
entered as (
    select month, map_from_entries(list(row(subject, amount))) as costs
    from (select month, subject, sum(amount) as amount from main.store_costs where store_id = $store group by all) group by month
)
select m.month, m.first_day, m.after, coalesce(c.days, 0), cast(c.net as decimal(18,2)), cast(f.fees as decimal(18,2)), coalesce(u.days, 0), e.costs
from months m
left join counted c on c.month = m.month
left join charged f on f.month = m.month
left join unbilled u on u.month = m.month
left join entered e on e.month = m.month
order by m.month
