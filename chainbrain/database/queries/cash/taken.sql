-- One row per store, wallet or platform, merchant number and business day: what it came to net of charges on the days from $first on and before $after
-- whose sales are known. Adjustments are none of it: they are what else moves, of which the number's own flows tell the share.
select l.store_id, p.channel, coalesce(base.merchant_key(coalesce(p.merchant_no, a.merchant_no)), '-') as merchant,
       l.business_day as day, cast(coalesce(sum(p.amount) filter (where p.kind <> 'adjustment'), 0) - sum(p.fee) as double) as net
from base.payments p
join base.payment_links l on l.payment_id = p.payment_id
left join base.wallet_file_accounts a on a.file_id = p.file_id and a.channel = p.channel
where not p.cancelled and p.payment_id not in (select payment_id from base.receipts_seen_twice)
  and (l.store_id, l.business_day) in (
      select (store_id, business_day) from base.daily_sales where business_day >= $first and business_day < $after
  )
group by all order by all
