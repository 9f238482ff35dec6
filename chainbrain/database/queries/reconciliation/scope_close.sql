-- What goes with the rows in scope whatever they are: withdrawals, for the bank is matched as a whole or not at all, and
-- the parts that sales were to be split into.
insert into r_scope
select wallet_line_id, 'wallet_line', rowid from base.wallet_lines where kind = 'withdrawal' and not bank_rests() and wallet_line_id not in (select record_id from r_scope);
insert into r_scope
select split_part_id, 'split_part', rowid from base.split_parts
where sale_id in (select record_id from r_scope) and split_part_id not in (select record_id from r_scope);
create temp table r_tenders_in_scope as from base.tenders where rowid in (select place from r_scope where kind = 'tender');
create temp table r_orders_in_scope as from base.orders where rowid in (select place from r_scope where kind = 'order');
create temp table r_payments_in_scope as from base.payments where rowid in (select place from r_scope where kind = 'payment');
create temp table r_wallet_lines_in_scope as from base.wallet_lines where rowid in (select place from r_scope where kind = 'wallet_line');
create or replace temp view r_links_in_scope as
from base.payment_links where payment_id in (select record_id from r_scope where kind = 'payment');
-- The matches that rows in scope are part of as the book stands.
create or replace temp table r_matched_before as
select match_id, record_type, record_id from base.match_members where record_id in (select record_id from r_scope where kind <> 'row');
-- The condition holds of every row. Where what is looked for was chosen, DuckDB lets a scan leave out by it what cannot be among it.
create or replace temp macro in_scope(id) as id in (select record_id from r_scope where kind <> 'row');
create or replace temp macro whole_run() as false;
create or replace temp macro some_bridged() as exists (from base.bridged_payments);
create or replace temp macro is_new(file) as file in (select file_id from r_news);
create or replace temp view r_before as from base.reconciled_facts;
create or replace temp table r_facts (kind varchar, key varchar, part bigint, whole bigint);
create or replace temp table r_habits_of as
select split_part(key, chr(31), 1) as store, split_part(key, chr(31), 2) as channel, part as found, whole as referenced
from base.reconciled_facts where kind = 'habit';
