-- One row per day of an item of the plan of which it was said that it was paid. An answer whose bank line is in the book no longer
-- (its file was taken back) has no account, amount and payee: it holds again when the line does.
select cast(p.cash_plan_id as varchar), p.due, p.paid_on, cast(p.bank_line_id as varchar), base.account_key(b.bank_account), abs(b.amount),
       coalesce(nullif(trim(b.counterparty), ''), b.memo)
from base.standing_cash_paid p left join base.bank_lines b on b.bank_line_id = p.bank_line_id
order by p.due, p.cash_plan_id
