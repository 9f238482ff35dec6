-- What a bank account held at the end of the last day that its statement tells, up to a day.
select cast(posted_at as date) as day, balance from main.bank_lines
where base.account_key(bank_account) = base.account_key($account) and balance is not null and posted_at < $day + interval 1 day
order by posted_at desc, file_id, line desc limit 1
