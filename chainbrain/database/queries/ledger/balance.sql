-- What a bank account held at the end of a day as its statements tell, and the last day up to then of which they tell anything.
select cast(posted_at as date) as day, balance from base.bank_balances(cast($day + interval 1 day as date))
where base.account_key(bank_account) = base.account_key($account) and balance is not null and posted_at is not null
order by posted_at desc limit 1
