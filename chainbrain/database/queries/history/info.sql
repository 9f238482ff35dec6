-- One row: what the window says about the book.
select (select count(*) from main.stores where registered),
       (select min(business_day) from base.orders), (select max(business_day) from base.orders),
       (select count(*) from base.source_files),
       (select value from base.meta where key = 'created_at'),
       (select count(*) > 0 from base.meta where key = 'demo'),
       (select max(entry_id) from base.history where kind in ('import', 'decide', 'holiday', 'holidays', 'place', 'undo', 'redo')),
       (select cast(value as bigint) from base.meta where key = 'reconciled_entry');
