-- One row per bank account and day from $first on: what came from others, what went to others, and what moved between own accounts.
with lines as (
    select base.account_key(b.bank_account) as account, cast(b.posted_at as date) as day, b.amount,
           b.bank_line_id in (select bank_line_id from base.own_transfers) as between
    from base.bank_lines b where b.posted_at >= $first
)
select account, day, cast(coalesce(sum(amount) filter (where amount > 0 and not between), 0) as decimal(18,2)) as came,
       cast(coalesce(-sum(amount) filter (where amount < 0 and not between), 0) as decimal(18,2)) as went,
       cast(coalesce(sum(amount) filter (where between), 0) as decimal(18,2)) as moved
from lines group by all order by all
