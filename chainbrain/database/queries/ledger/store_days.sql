-- The store's own view of its sales: per day and channel what it sold, gave back and was charged under numbers that are not its
-- own. It goes by the numbers that it knows as its own, not by the accounts of head office.
with mine as (
    select distinct channel, merchant, coalesce(valid_from, date '1900-01-01') as valid_from, coalesce(valid_to, date '9999-12-31') as valid_to
    from base.collectors where store_id = $store and side = 'store'
), strange as (
    select channel, merchant from base.collectors group by all
    having count(side) = 0 or count(*) > count(side) and count(distinct side) > 1
), words as (
    select way, valid_from, lead(valid_from, 1, date '9999-12-31') over (order by valid_from) as until
    from base.standing_collecting_words where store_code = $store
), rows as (
    select l.business_day as day, p.channel, p.kind, p.amount, p.fee, base.merchant_key(coalesce(p.merchant_no, f.merchant_no)) as merchant
    from base.payments p
    join base.payment_links l on l.payment_id = p.payment_id and l.store_id = $store
    left join base.wallet_file_accounts f on f.file_id = p.file_id and f.channel = p.channel
    where not p.cancelled and ($first is null or l.business_day >= $first) and p.payment_id not in (select payment_id from base.bridged_payments)
)
select r.day, r.channel, cast(coalesce(sum(r.amount) filter (where r.kind = 'payment'), 0) as decimal(18,2)) as sold,
       cast(coalesce(-sum(r.amount) filter (where r.kind in ('refund', 'chargeback')), 0) as decimal(18,2)) as returned,
       cast(coalesce(sum(r.amount) filter (where r.kind not in ('payment', 'refund', 'chargeback')), 0) as decimal(18,2)) as adjusted,
       cast(sum(r.fee) as decimal(18,5)) as charged
from rows r
left join words w on r.day >= w.valid_from and r.day < w.until
where not exists (
    from mine m where m.channel = r.channel and m.merchant = r.merchant and r.day >= m.valid_from and r.day < m.valid_to
  )
  and case when r.merchant is null or (r.channel, r.merchant) in (from strange)
             or (r.channel, r.merchant) not in (select channel, merchant from base.collectors where merchant is not null)
           then coalesce(w.way = 'unified', false) else true end
group by all order by all
