-- One row: the first and last calendar day with a payment, a wallet movement or a bank line.
select min(d), max(d)
from (
    select cast(min(occurred_at) as date) as d from base.payments union all select cast(max(occurred_at) as date) from base.payments
    union all select cast(min(occurred_at) as date) from base.wallet_lines union all select cast(max(occurred_at) as date) from base.wallet_lines
    union all select cast(min(posted_at) as date) from base.bank_lines union all select cast(max(posted_at) as date) from base.bank_lines
)
