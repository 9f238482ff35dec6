-- One row: what the files of the book leave unknown of where money lies. bank_to is the last day that any statement reaches; named are the
-- accounts that tables name; uncounted the stores that take cash and never count it; unsaid the count sheets that say nothing.
select greatest((select max(cast(posted_at as date)) from base.bank_lines), (select max(day) from base.coverage where kind = 'bank')) as bank_to,
       coalesce((select list(distinct base.account_key(bank_account)) from main.merchant_accounts where bank_account is not null), []) as named,
       coalesce((
           select list(distinct o.store_id order by o.store_id) from main.tenders t join main.orders o on o.order_id = t.order_id
           where t.method = 'cash' and o.store_id is not null and o.store_id not in (select store_code from base.placed_cash_counts where store_code is not null)
       ), []) as uncounted,
       (select count(*) from base.placed_cash_counts where store_code is null or opening_float is null or coalesce(counted, sales) is null) as unsaid,
       exists (from base.stored_value_lines) and not exists (from base.openings where kind = 'stored_value') as cards_from,
       exists (from base.openings where kind = 'stored_value' and store_code is null) as cards_whole
