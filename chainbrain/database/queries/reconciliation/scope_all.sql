-- Everything is matched anew: every row is in scope, every row is new, nothing is known from before.
create or replace temp table r_scope (record_id uuid, kind varchar, place bigint);
create or replace temp table r_matched_before (match_id uuid, record_type varchar, record_id uuid);
create or replace temp macro in_scope(id) as true;
create or replace temp macro whole_run() as true;
create or replace temp macro bank_rests() as false;
-- Whether an aggregator's row stands for others: asked only of what is out of scope.
create or replace temp macro some_bridged() as false;
-- Tables where some rows were looked at first.
drop table if exists r_tenders_in_scope;
drop table if exists r_payments_in_scope;
create temp view r_tenders_in_scope as from base.tenders;
create temp view r_payments_in_scope as from base.payments;
drop table if exists r_orders_in_scope;
create temp view r_orders_in_scope as from base.orders;
drop table if exists r_wallet_lines_in_scope;
create temp view r_wallet_lines_in_scope as from base.wallet_lines;
create or replace temp view r_links_in_scope as from base.payment_links;
create or replace temp macro is_new(file) as true;
create or replace temp view r_before as from base.reconciled_facts where false;
-- What decides about single rows all over the book, to be remembered.
create or replace temp table r_facts (kind varchar, key varchar, part bigint, whole bigint);
create or replace temp table r_news (file_id uuid);
