-- Rewrites what the files vouch for, store by store and account by account.
delete from base.till_days;
insert into base.till_days from base.till_days_of_rows;
delete from base.account_days;
insert into base.account_days from base.account_days_of_rows;
