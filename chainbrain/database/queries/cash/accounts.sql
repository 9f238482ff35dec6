-- One row per bank account: whose it is, its last known balance when $after begins, and the last day that its statements reach.
-- Nothing stands where no table names a legal entity, where they disagree, or where no balance is printed or entered.
with named as (
    select account, case when count(distinct legal_entity) = 1 then min(legal_entity) end as entity
    from (select base.account_key(bank_account) as account, legal_entity from main.merchant_accounts where bank_account is not null)
    group by account
), printed as (
    select base.account_key(bank_account) as account, arg_max(balance, coalesce(posted_at, timestamp '1900-01-01')) as balance,
           cast(max(posted_at) as date) as day
    from base.bank_balances($after) group by all
), opened as (
    select base.account_key(account_no) as account, max(day) - 1 as day from base.openings
    where kind = 'bank' and account_no is not null and day < $after group by all
), covered as (
    select base.account_key(account_no) as account, max(day) as day from base.coverage where kind = 'bank' and day < $after group by all
), known as (
    select account from named union select account from printed union select account from covered
)
select k.account, n.entity, p.balance, greatest(p.day, c.day, o.day) as day
from known k
left join named n on n.account = k.account
left join printed p on p.account = k.account
left join covered c on c.account = k.account
left join opened o on o.account = k.account
where k.account is not null
order by k.account
