-- One row per store and code: stored value topped up (or paid back) in [$first, $after) of which the book cannot tell with which receipt,
-- so that the same money may stand in the revenue too; "unmoved" is money known as such that no card shows. Items are only those
-- movements.
with floors as (
    select file_id, floor from base.file_floors where floor > (select min(month) from base.standing_closes)
), left_over as (
    -- a movement counts on its own day, and money without one on that of the money
    select g.store, g.kind, sum(g.amount) as amount, count(*) filter (where (g.amount > 0) = (g.told > 0)) as items,
           coalesce(min(greatest(g.day, f.floor)) filter (where g.amount > 0), min(greatest(g.day, f.floor))) as day
    from base.top_up_gaps g
    left join floors f on f.file_id = g.file_id
    group by g.proof, g.store, g.kind
)
select store, if(amount > 0, kind || '_untold', kind || '_unmoved') as code, cast(sum(abs(amount)) as decimal(18,2)) as amount, cast(sum(items) as bigint) as items
from left_over where day >= $first and day < $after
group by all
order by store, code desc
