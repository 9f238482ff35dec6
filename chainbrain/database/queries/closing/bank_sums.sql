-- One row per bank account: the statement's balance as printed when the month began and ended, where it started, and what both sides
-- booked before and in the month.
with way as (
    select file_id, sheet, arg_max(posted_at, line) >= arg_min(posted_at, line) as ascending from base.bank_lines group by all
), begun as (
    select base.account_key(b.bank_account) as account,
           arg_min(b.balance - b.amount, (b.posted_at, if(w.ascending, b.line, -b.line))) filter (where b.balance is not null) as printed
    from base.bank_lines b join way w on w.file_id = b.file_id and w.sheet is not distinct from b.sheet group by all
), opened as (
    select base.account_key(account_no) as account, arg_min(balance, day) as balance from base.openings where kind = 'bank' and account_no is not null group by all
), printed as (
    -- of one number that files write differently the latest
    select base.account_key(bank_account) as account, arg_max(balance, coalesce(posted_at, timestamp '1900-01-01')) as balance from base.bank_balances($after) group by all
), printed_before as (
    select base.account_key(bank_account) as account, arg_max(balance, coalesce(posted_at, timestamp '1900-01-01')) as balance from base.bank_balances($first) group by all
), booked as (
    select account,
           coalesce(sum(amount) filter (where side = 'bank' and day < $first), 0)::decimal(18,2) as bank_before,
           coalesce(sum(amount) filter (where side = 'bank' and day >= $first and flow = 'receipts'), 0)::decimal(18,2) as bank_receipts,
           coalesce(sum(amount) filter (where side = 'bank' and day >= $first and flow = 'payments'), 0)::decimal(18,2) as bank_payments,
           coalesce(sum(amount) filter (where side = 'book' and day < $first), 0)::decimal(18,2) as book_before,
           coalesce(sum(amount) filter (where side = 'book' and day >= $first and flow = 'receipts'), 0)::decimal(18,2) as book_receipts,
           coalesce(sum(amount) filter (where side = 'book' and day >= $first and flow = 'payments'), 0)::decimal(18,2) as book_payments
    from close_bank where account is not null group by account
)
select k.account, coalesce(o.balance, b.printed) as begun, coalesce(q.balance, o.balance, b.printed) as opening, p.balance as closing,
       k.bank_before, k.bank_receipts, k.bank_payments, k.book_before, k.book_receipts, k.book_payments
from booked k
left join begun b on b.account = k.account
left join opened o on o.account = k.account
left join printed p on p.account = k.account
left join printed_before q on q.account = k.account
order by k.account
