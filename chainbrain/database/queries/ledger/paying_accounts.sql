-- The bank accounts of which there are statements or opening balances.
select distinct base.account_key(bank_account) as number from base.bank_lines where bank_account is not null
union select base.account_key(account_no) from base.openings where kind = 'bank' and account_no is not null
order by 1
