-- Rewrites the days of the bank statements.
delete from base.bank_days;
insert into base.bank_days by name from base.bank_days_of_rows;
