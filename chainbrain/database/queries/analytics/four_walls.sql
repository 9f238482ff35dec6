-- One row per store: the last month with costs that begins before $after, these costs by subject, what the store sold and gave back
-- in that month and was charged on it, its days without a whole till file, and its days on which the bills of a wallet or platform lack:
-- what is charged there is not known. Receipts and charges of no other month are read.
with listed as (
    select store_id, month, subject, amount from main.store_costs
    where month < $after and ($stores is null or list_contains($stores::varchar[], store_id))
    qualify month = max(month) over (partition by store_id)
),
subjects as (select store_id, month, subject, sum(amount) as amount from listed group by all),
costs as (
    select store_id, month, month + interval 1 month as ends, list({'subject': subject, 'amount': amount} order by subject) as costs
    from subjects group by store_id, month
),
bounds as (select cast(min(month) as date) as first, cast(max(ends) as date) as after from costs),
sold as (
    select c.store_id, sum(v.amount) as amount, sum(v.refunds) as refunds from costs c
    join base.store_day_sales v on v.store_id = c.store_id and v.business_day >= c.month and v.business_day < c.ends
    group by c.store_id
),
missed as (
    select c.store_id, count(*) filter (where d.state in ('missing', 'part')) as days
    from base.store_days((select first from bounds), (select after from bounds)) d
    join costs c on c.store_id = d.store_id and d.day >= c.month and d.day < c.ends
    group by c.store_id
),
unbilled as (
    select c.store_id, count(distinct d.day) as days
    from base.source_days((select first from bounds), (select after from bounds)) d
    join costs c on c.store_id = d.store_id and d.day >= c.month and d.day < c.ends
    where d.source <> 'till' and d.state = 'missing'
    group by c.store_id
),
charged as (
    select c.store_id, sum(t.fees) as fees from costs c
    join base.daily_takings t on t.store_id = c.store_id and t.business_day >= c.month and t.business_day < c.ends
    group by c.store_id
)
select c.store_id, c.month, c.costs, s.amount, s.refunds, coalesce(m.days, 0), coalesce(u.days, 0), f.fees
from costs c
left join sold s on s.store_id = c.store_id
left join missed m on m.store_id = c.store_id
left join unbilled u on u.store_id = c.store_id
left join charged f on f.store_id = c.store_id
order by c.store_id
