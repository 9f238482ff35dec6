-- What the statements that follow ask for again and again: the stores, the rates of acquirers that fit, and whose the rows are.
create or replace temp table r_stores as from main.stores;
create or replace temp table r_fitting as from base.fitting_rates;
create or replace temp table r_billed_numbers as select distinct channel, merchant_no from base.payments;
create or replace temp table r_ledger_numbers as select distinct channel, merchant_no, file_id from base.wallet_lines;
