-- What a bank account held after the last moment that its statement tells, up to a day. Of several lines of that moment the one counts
-- that no other begins with; where that is not one balance, it is not known.
with lines as (
    select bank_line_id, posted_at, amount, balance from main.bank_lines
    where base.account_key(bank_account) = base.account_key($account) and balance is not null and posted_at < $day + interval 1 day
), newest as (
    select * from lines where posted_at = (select max(posted_at) from lines)
), ends as (
    select posted_at, balance from newest n
    where not exists (from newest o where o.bank_line_id <> n.bank_line_id and o.balance - o.amount = n.balance)
)
select cast(any_value(posted_at) as date) as day, any_value(balance) as balance from ends having count(distinct balance) = 1
