-- For who only reads, main.stores and main.merchant_accounts are what is kept of them: a temporary view is found before a view of the
-- book, in its macros and views as well. Who writes may ask in between, before they are kept.
create temp view stores as from base.known_stores;
create temp view merchant_accounts as from base.known_contracts;
