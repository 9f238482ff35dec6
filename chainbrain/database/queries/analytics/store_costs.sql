-- One row per store and subject: what was imported as its cost in the last month that has costs and begins before $after.
with chosen as (
    select store_id, month, subject, amount from main.store_costs
    where month < $after and ($stores is null or list_contains($stores::varchar[], store_id))
    qualify month = max(month) over (partition by store_id)
)
select store_id, month, subject, sum(amount) as amount from chosen group by store_id, month, subject order by store_id, subject
