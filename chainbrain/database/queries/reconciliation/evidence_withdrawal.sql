-- What was drawn with a withdrawal: the account's ledger lines after the withdrawal before it, by kind. Files without an
-- owner are accounts of their own.
select case when w.kind in ('fee', 'fee_return') then 'fee' when w.kind in ('payment', 'refund') then w.kind else 'other' end as part,
       count(*) as lines, sum(w.amount) as amount
from base.wallet_lines w left join base.wallet_file_accounts f on f.file_id = w.file_id and f.channel = w.channel
where w.occurred_at > cast($since as timestamp) and w.occurred_at <= cast($until as timestamp) and w.channel = $channel and w.kind <> 'withdrawal'
  and coalesce(base.merchant_key(coalesce(w.merchant_no, f.merchant_no)), cast(w.file_id as varchar)) = $merchant
group by part
