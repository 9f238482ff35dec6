-- What a withdrawal took out: the ledger lines of its account since the withdrawal before it, by kind.
with this as (
    select w.*, base.merchant_key(w.merchant_no) as merchant from main.wallet_lines w where cast(w.wallet_line_id as varchar) = $line
), since as (
    select max(w.occurred_at) as moment
    from main.wallet_lines w join this t on w.channel = t.channel and base.merchant_key(w.merchant_no) is not distinct from t.merchant
    where w.kind = 'withdrawal' and w.occurred_at < t.occurred_at
)
select case when w.kind in ('fee', 'fee_return') then 'fee' when w.kind in ('payment', 'refund') then w.kind else 'other' end as part,
       count(*) as lines, sum(w.amount) as amount
from main.wallet_lines w join this t on w.channel = t.channel and base.merchant_key(w.merchant_no) is not distinct from t.merchant, since
where w.kind <> 'withdrawal' and w.occurred_at <= t.occurred_at and (since.moment is null or w.occurred_at > since.moment)
group by part
