-- Rewrites what wallets and platforms took on the days of takings_moved, all of them in [$first, $after); the same as the view
-- base.daily_takings_of_rows, but of the payments of these days alone.
delete from base.daily_takings where business_day in (from takings_moved);
insert into base.daily_takings
select l.store_id, coalesce(l.business_day, cast(p.occurred_at as date)) as business_day, p.channel, cast(sum(p.fee) as decimal(18,5)) as fees,
       cast(sum(p.amount) as decimal(18,2)) as takings
from (from base.payments where occurred_at >= $first and occurred_at < cast($after as date) + 1) p
left join base.payment_links l on l.payment_id = p.payment_id
where not p.cancelled and p.kind in ('payment', 'refund') and p.payment_id not in (from base.bridged_payments)
  and coalesce(l.business_day, cast(p.occurred_at as date)) in (from takings_moved)
group by all;
