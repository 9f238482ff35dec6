-- The account into which each payee is paid on a day: the newest that holds by then.
select payee, holder, account_no, bank, credit_code, valid_from
from main.payees where valid_from is null or valid_from <= $day
qualify row_number() over (partition by payee order by valid_from desc nulls last) = 1
order by payee
