-- How many facts of the files that the last reconciliation saw stand in no state at all.
with seen as (
    select file_id from base.source_files where entry_id <= (select cast(value as bigint) from base.meta where key = 'reconciled_entry')
), facts as (
    select 'order' as record_type, order_id as record_id, file_id from base.orders
    union all select 'tender', tender_id, file_id from base.tenders
    union all select 'payment', payment_id, file_id from base.payments
    union all select 'wallet_line', wallet_line_id, file_id from base.wallet_lines
    union all select 'split_line', split_line_id, file_id from base.split_lines
    union all select 'settlement', settlement_id, file_id from base.settlements
    union all select 'bank_line', bank_line_id, file_id from base.bank_lines
)
select count(*) from facts f semi join seen using (file_id)
anti join base.row_states s on s.record_type = f.record_type and s.record_id = f.record_id;
