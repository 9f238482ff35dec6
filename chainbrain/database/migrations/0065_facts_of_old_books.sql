-- A book from before has its facts reckoned once. Money on its way is read from the rows until the next reconciliation sums it up.
insert into base.seen_store_days from base.seen_store_days_of_rows;
insert into base.store_day_sales from base.store_day_sales_of_rows;
insert into base.daily_methods from base.daily_methods_of_rows;
insert into base.daily_takings from base.daily_takings_of_rows;
insert into base.due_money from base.due_money_of_rows;
insert into base.told_channels from base.told_channels_of_rows;
insert into base.difference_charges from base.difference_charges_of_rows;
insert into base.till_days from base.till_days_of_rows;
insert into base.account_days from base.account_days_of_rows;
insert into base.meta values ('facts_flows_stale', 'yes');
