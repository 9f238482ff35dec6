-- One row per bank account whose statements do not reach from its first day in the month (or the month's) to the last working day.
with days as (
    select cast(unnest(generate_series(cast($first as date), cast($after as date) - interval 1 day, interval 1 day)) as date) as day
), working as (
    select d.day from days d left join base.holidays h on h.day = d.day
    where coalesce(h.kind = 'workday', false) or (h.kind is null and isodow(d.day) < 6)
), covered as (
    select distinct base.account_key(account_no) as account, day from base.coverage where kind = 'bank'
), accounts as (
    select account, min(day) as since from covered group by account having min(day) < $after
)
select a.account, count(*) as days, min(w.day) as first_day, max(w.day) as last_day
from accounts a join working w on w.day >= a.since
anti join covered c on c.account = a.account and c.day = w.day
group by a.account order by a.account
