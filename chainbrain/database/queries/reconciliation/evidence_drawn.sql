-- Channel, merchant number (or file without an owner) and time of one withdrawal, and of the one before it (or long ago).
with withdrawals as (
    select w.wallet_line_id, w.channel, coalesce(base.merchant_key(coalesce(w.merchant_no, f.merchant_no)), cast(w.file_id as varchar)) as merchant, w.occurred_at
    from base.wallet_lines w left join base.wallet_file_accounts f on f.file_id = w.file_id and f.channel = w.channel where w.kind = 'withdrawal'
), this as (
    select * from withdrawals where cast(wallet_line_id as varchar) = $line
)
select t.channel, t.merchant, coalesce(max(b.occurred_at), timestamp '1990-01-01') as since, t.occurred_at as until
from this t
left join withdrawals b on b.channel = t.channel and b.merchant = t.merchant and b.occurred_at < t.occurred_at
group by t.channel, t.merchant, t.occurred_at
