-- One row per bank account and day from $first on: what came from others, what went to others, and what moved between own accounts.
with own as (
    select base.account_key(bank_account) as account from base.bank_lines
    union select base.account_key(bank_account) from main.merchant_accounts
), lines as (
    select base.account_key(b.bank_account) as account, cast(b.posted_at as date) as day, b.amount,
           b.counterparty_account is not null
           and base.account_key(b.counterparty_account) in (select account from own where account is not null) as between
    from base.bank_lines b where b.posted_at >= $first
)
select account, day, cast(coalesce(sum(amount) filter (where amount > 0 and not between), 0) as decimal(18,2)) as came,
       cast(coalesce(-sum(amount) filter (where amount < 0 and not between), 0) as decimal(18,2)) as went,
       cast(coalesce(sum(amount) filter (where between), 0) as decimal(18,2)) as moved
from lines group by all order by all
