-- Per month what the channels split out of the store's sales under numbers that are not its own, by the sale's own bill.
with mine as (
    select distinct store_id, channel, merchant, coalesce(valid_from, date '1900-01-01') as valid_from, coalesce(valid_to, date '9999-12-31') as valid_to
    from base.collectors where store_id in (select unnest($stores)) and side = 'store'
), rows as (
    select k.store_id, l.amount, k.business_day as day, l.receiver, s.state, s.reason, p.channel, base.merchant_key(coalesce(p.merchant_no, f.merchant_no)) as merchant
    from base.split_lines l
    join base.payments p on p.channel = l.channel and p.external_id = coalesce(l.payment_external_id, split_part(l.external_id, '-', 1)) and p.kind = 'payment'
    join base.payment_links k on k.payment_id = p.payment_id and k.store_id in (select unnest($stores))
    left join base.wallet_file_accounts f on f.file_id = p.file_id and f.channel = p.channel
    left join base.row_states s on s.record_id = l.split_line_id and s.leg = 'split'
    where coalesce(l.status, 'success') = 'success' and not p.cancelled
)
select r.store_id, cast(date_trunc('month', day) as date) as month, cast(sum(amount) as decimal(18,2)) as amount
from rows r
where ($first is null or r.day >= $first) and r.reason is distinct from 'split_to_itself'
  and (r.state = 'matched' or r.reason = 'split_on_account' or trim(r.receiver) not in (select unnest($head_office)))
  and not exists (from mine m where m.store_id = r.store_id and m.channel = r.channel and m.merchant = r.merchant and r.day >= m.valid_from and r.day < m.valid_to)
  and ((r.channel, r.merchant) in (select channel, merchant from base.collectors where side = 'head_office')
       or exists (from base.standing_collecting_words w where w.store_code = r.store_id and w.way = 'unified' and w.valid_from <= r.day))
group by all order by all
