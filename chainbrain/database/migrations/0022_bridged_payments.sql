-- Wallet rows that an aggregator's bill shows as well: two views of one receipt, and the aggregator's is the one that counts.
-- Derived by the reconciliation; the matches of kind payment_bridge say which row each of them repeats.
create table base.bridged_payments (payment_id uuid primary key);
