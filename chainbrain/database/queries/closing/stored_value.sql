-- One row per store: its stored value before the month, what moved in it, and what moved in months that were closed before it came
-- (前期); cards is the number of members behind the closing figure. Opening balances of the whole chain bear no store; one has what lies
-- before its day in it, an earlier balance included.
with floors as (
    select file_id, floor from base.file_floors where floor > (select min(month) from base.standing_closes)
), begun as (
    select store_code, max(day) as day from base.openings where kind = 'stored_value' and day < $after group by store_code
), rows as (
    select l.store_code as store_id, cast(l.occurred_at as date) as day, l.kind, l.amount, l.member_hash, l.file_id
    from base.placed_stored_value_lines l
    where l.occurred_at < $after and not exists (from begun b where coalesce(b.store_code, l.store_code) is not distinct from l.store_code and l.occurred_at < b.day)
    union all
    select o.store_code, o.day, 'opening', o.balance, null, o.file_id
    from base.openings o join begun b on b.store_code is not distinct from o.store_code and b.day = o.day
    where o.kind = 'stored_value'
), placed as (
    select r.*, cast(greatest(date_trunc('month', r.day), f.floor) as date) as month, if(r.kind in ('use', 'refund'), -r.amount, r.amount) as effect
    from rows r left join floors f on f.file_id = r.file_id
)
select store_id,
       coalesce(sum(effect) filter (where month < $month or kind = 'opening' and month = $month and day >= $month), 0)::decimal(18,2) as opening,
       coalesce(sum(amount) filter (where kind = 'top_up' and month = $month and day >= $month), 0)::decimal(18,2) as topped_up,
       coalesce(sum(amount) filter (where kind = 'bonus' and month = $month and day >= $month), 0)::decimal(18,2) as bonus,
       coalesce(sum(amount) filter (where kind = 'use' and month = $month and day >= $month), 0)::decimal(18,2) as used,
       coalesce(sum(amount) filter (where kind = 'refund' and month = $month and day >= $month), 0)::decimal(18,2) as refunded,
       coalesce(sum(effect) filter (where month = $month and day < $month), 0)::decimal(18,2) as prior,
       count(distinct member_hash) as cards
from placed
where month <= $month
group by store_id
order by store_id nulls first
