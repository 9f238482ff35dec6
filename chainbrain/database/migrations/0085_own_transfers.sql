-- One row per line of a bank statement that moves money between the book's own accounts: with which other one, where that can be told.
-- Most statements print its number. Where one prints only the name of a company of the book, the line is such a movement if another account
-- of that company shows the same amount the other way within four days, or is not known up to that day. Of several that are not known yet
-- the oldest is taken to have sent it; that money went to one of them is believed only where no account is without statements.
create view base.own_transfers as
with entities as (
    select count(distinct legal_entity) filter (where bank_account is not null) as of_banks, count(distinct legal_entity) as named,
           min(legal_entity) filter (where bank_account is not null) as of_bank, min(legal_entity) as any_of
    from main.merchant_accounts
), owned as (
    select base.account_key(bank_account) as account, case when count(distinct legal_entity) = 1 then trim(min(legal_entity)) end as entity
    from main.merchant_accounts where bank_account is not null group by all
), seen as (
    select base.account_key(bank_account) as account, cast(posted_at as date) as day from base.bank_lines
    union all select base.account_key(account_no), day from base.coverage where kind = 'bank'
    union all select base.account_key(account_no), day - 1 from base.openings where kind = 'bank'
), own as (
    -- An account of which no table tells whose it is belongs to the only company there is.
    select coalesce(s.account, o.account) as account,
           coalesce(o.entity, case when e.of_banks = 1 then trim(e.of_bank) when e.of_banks = 0 and e.named = 1 then trim(e.any_of) end) as entity, s.day
    from (select account, max(day) as day from seen group by all) s full join owned o on o.account = s.account cross join entities e
    where coalesce(s.account, o.account) is not null
), lines as (
    select bank_line_id, base.account_key(bank_account) as account, cast(posted_at as date) as day, amount,
           base.account_key(counterparty_account) as other, nullif(trim(counterparty), '') as called,
           called is null or called in (select entity from own) as may_be_own
    from base.bank_lines
), named as (
    select l.bank_line_id, l.account, l.day, l.amount, c.account as other, c.day as other_to, abs(date_diff('day', b.day, l.day)) as apart,
           -- What rests for months did not send it.
           c.day is null or c.day < l.day - 62 as unknown
    from lines l
    join own c on c.entity = l.called and c.account <> l.account
    left join lines b on b.account = c.account and b.amount = -l.amount and b.day between l.day - 4 and l.day + 4
        and (b.other = l.account or (b.other is null and b.may_be_own))
    where l.other is null
), told as (
    select bank_line_id, account, day, amount, arg_min(other, apart) filter (where apart is not null) as seen,
           arg_min(other, other_to) filter (where not unknown and other_to < day) as older, min(other) filter (where unknown) as unknown
    from named group by all
)
select l.bank_line_id, l.account, l.other, l.day, l.amount from lines l where l.account is not null and l.other in (select account from own)
union all
select bank_line_id, account, coalesce(seen, if(amount > 0 or unknown is null, older, null), unknown), day, amount
from told where coalesce(seen, older, unknown) is not null;
