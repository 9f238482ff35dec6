-- One row per bank account: the first day from which its movements are known, by its lines or by what its statements cover.
select account, min(day) from (
    select base.account_key(bank_account) as account, cast(posted_at as date) as day from base.bank_lines
    union all select base.account_key(account_no), day from base.coverage where kind = 'bank'
) where account is not null group by all order by all
