-- One row per store and sales channel of the period: what it sold there.
select store_id, channel, sum(amount) from base.daily_sales
where business_day >= $first and business_day < $after and list_contains($stores::varchar[], store_id)
group by store_id, channel having sum(amount) <> 0 order by channel, store_id
