-- One row per bank account: whose it is, its last known balance when $after begins, and the last day that its statements reach.
-- A balance is the last one that a statement prints or the opening balance, whichever is later, with all movements since.
-- Nothing stands where no table names a legal entity, where they disagree, or where no balance is printed or entered.
with named as (
    select account, case when count(distinct legal_entity) = 1 then min(legal_entity) end as entity
    from (select base.account_key(bank_account) as account, legal_entity from main.merchant_accounts where bank_account is not null)
    group by account
), way as (
    select file_id, sheet, arg_max(posted_at, line) >= arg_min(posted_at, line) as ascending from base.bank_lines group by all
), lines as (
    select base.account_key(b.bank_account) as account, b.posted_at, b.amount, b.balance, b.file_id, b.sheet, if(w.ascending, b.line, -b.line) as place
    from base.bank_lines b join way w on w.file_id = b.file_id and w.sheet is not distinct from b.sheet
    where b.posted_at < cast($after as timestamp)
), printed as (
    select * from lines where balance is not null qualify row_number() over (partition by account order by posted_at desc, place desc, file_id) = 1
), opened as (
    select base.account_key(account_no) as account, arg_max(balance, day) as balance, max(day) as day from base.openings
    where kind = 'bank' and account_no is not null and day < $after group by all
), begun as (
    -- An opening balance is that at the beginning of its day: what is printed on that day is later.
    select coalesce(p.account, o.account) as account, if(p.account is null or o.day > cast(p.posted_at as date), o.day, null) as opened_on,
           if(opened_on is null, p.balance, o.balance) as balance, p.posted_at, p.file_id, p.sheet, p.place
    from printed p full join opened o on o.account = p.account
), since as (
    -- Of the very time of the last printed balance only the rest of its own file comes after it.
    select b.account, sum(l.amount) as amount
    from begun b join lines l on l.account = b.account
    where if(b.opened_on is not null, l.posted_at >= b.opened_on,
             l.posted_at > b.posted_at or (l.posted_at = b.posted_at and l.file_id = b.file_id and l.sheet is not distinct from b.sheet and l.place > b.place))
    group by all
), covered as (
    select base.account_key(account_no) as account, max(day) as day from base.coverage where kind = 'bank' and day < $after group by all
), seen as (
    select account, cast(max(posted_at) as date) as day from lines group by all
), known as (
    select account from named union select account from seen union select account from opened union select account from covered
)
select k.account, n.entity, cast(b.balance + coalesce(s.amount, 0) as decimal(18,2)) as balance, greatest(p.day, c.day, o.day - 1) as day
from known k
left join named n on n.account = k.account
left join begun b on b.account = k.account
left join since s on s.account = k.account
left join seen p on p.account = k.account
left join covered c on c.account = k.account
left join opened o on o.account = k.account
where k.account is not null
order by k.account
