-- One row per merchant number that the planned payments print and neither a contract nor a person's word names.
select channel, min(merchant_no) as merchant_no, count(*) as rows
from classified_payments p
where state = 'new' and merchant_no is not null
  and not exists (select 1 from main.merchant_accounts a where a.channel = p.channel and base.merchant_key(a.merchant_no) = base.merchant_key(p.merchant_no))
  and not exists (select 1 from base.standing_placements w where w.kind = 'account' and w.channel = p.channel and w.merchant = base.merchant_key(p.merchant_no))
  and (coalesce(store_hint, terminal_no) is null or coalesce(store_hint, terminal_no) not in (select store_id from main.stores where registered))
group by channel, base.merchant_key(merchant_no)
order by 1, 2
