-- The stores' own view of their sales: per store, day and channel what it sold, gave back and was charged under numbers that are not
-- its own. It goes by the numbers that the store knows as its own, not by the accounts of head office.
with mine as (
    select distinct store_id, channel, merchant, coalesce(valid_from, date '1900-01-01') as valid_from, coalesce(valid_to, date '9999-12-31') as valid_to
    from base.collectors where store_id in (select unnest($stores)) and side = 'store'
), strange as (
    select channel, merchant from base.collectors group by all
    having count(side) = 0 or count(*) > count(side) and count(distinct side) > 1
), named as (
    select distinct channel, merchant from base.collectors where merchant is not null
), words as (
    select store_code as store_id, way, valid_from, lead(valid_from, 1, date '9999-12-31') over (partition by store_code order by valid_from) as until
    from base.standing_collecting_words
), rows as (
    select l.store_id, l.business_day as day, p.channel, p.kind, p.amount, p.fee, base.merchant_key(coalesce(p.merchant_no, f.merchant_no)) as merchant
    from base.payments p
    join base.payment_links l on l.payment_id = p.payment_id and l.store_id in (select unnest($stores))
    left join base.wallet_file_accounts f on f.file_id = p.file_id and f.channel = p.channel
    where not p.cancelled and ($first is null or l.business_day >= $first) and p.payment_id not in (select payment_id from base.bridged_payments)
), summed as (
    select store_id, day, channel, merchant, coalesce(sum(amount) filter (where kind = 'payment'), 0) as sold,
           coalesce(-sum(amount) filter (where kind in ('refund', 'chargeback')), 0) as returned,
           coalesce(sum(amount) filter (where kind not in ('payment', 'refund', 'chargeback')), 0) as adjusted, sum(fee) as charged
    from rows group by all
)
select r.store_id, r.day, r.channel, cast(sum(r.sold) as decimal(18,2)) as sold, cast(sum(r.returned) as decimal(18,2)) as returned,
       cast(sum(r.adjusted) as decimal(18,2)) as adjusted, cast(sum(r.charged) as decimal(18,5)) as charged
from summed r
left join words w on w.store_id = r.store_id and r.day >= w.valid_from and r.day < w.until
where not exists (
    from mine m where m.store_id = r.store_id and m.channel = r.channel and m.merchant = r.merchant and r.day >= m.valid_from and r.day < m.valid_to
  )
  and case when r.merchant is null or (r.channel, r.merchant) in (from strange) or (r.channel, r.merchant) not in (from named)
           then coalesce(w.way = 'unified', false) else true end
group by all order by all
