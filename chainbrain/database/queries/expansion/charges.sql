-- One row per payment channel: payments, takings and fees of the store-days whose sales are in the book, and all sales of the
-- store-days that have payments (the same figure in every row).
with charged as (
    select l.store_id, l.business_day, p.channel, count(*) as payments, sum(p.amount) as takings, sum(p.fee) as fees
    from base.payments p join base.payment_links l on l.payment_id = p.payment_id
    where not p.cancelled and p.kind in ('payment', 'refund') and p.payment_id not in (from base.bridged_payments)
    group by all
),
sold as (
    select s.store_id, s.business_day, s.amount - s.refunds as net
    from base.store_day_sales s semi join charged c on c.store_id = s.store_id and c.business_day = s.business_day
)
select c.channel, cast(sum(c.payments) as bigint), cast(sum(c.takings) as decimal(18,2)), cast(sum(c.fees) as decimal(18,5)),
       cast((select sum(net) from sold) as decimal(18,2))
from charged c semi join sold s on s.store_id = c.store_id and s.business_day = c.business_day
group by c.channel
order by c.channel;
