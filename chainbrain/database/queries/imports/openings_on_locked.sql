-- One row per planned file and day with new opening balances of wallets or of money on its way that begin on the first day after the last
-- closed month: they come on top of what was locked as being on its way.
select cast(o.file_id as varchar), o.day, sum(o.balance) as amount, strftime(c.month, '%Y-%m') as month
from classified_openings o
join (
    select max(month) as month from base.standing_closes
) c on o.day = cast(c.month + interval 1 month as date)
where o.state = 'new' and o.kind in ('wallet', 'in_transit')
group by all
order by all
