-- One row per movement between two bank accounts of the book from $first on and before $after: whose statement tells it, with which other
-- account, on which day, and how much it changed the account.
with lines as (
    select base.account_key(bank_account) as account, base.account_key(counterparty_account) as other, cast(posted_at as date) as day, amount
    from base.bank_lines where counterparty_account is not null and posted_at >= $first and posted_at < $after
), own as (
    select distinct base.account_key(bank_account) as account from base.bank_lines
)
select account, other, day, amount from lines
where account is not null and other is not null and account <> other and other in (select account from own)
order by account, other, day, amount
