-- What the statements that follow ask for again and again: the stores, and the rates of acquirers that fit.
create or replace temp table r_stores as from main.stores;
create or replace temp table r_fitting as from base.fitting_rates;
