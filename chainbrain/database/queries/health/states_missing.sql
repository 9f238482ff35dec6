-- How many facts that were there at the last reconciliation stand in no state at all.
select (select count(*) from base.orders where order_id not in (select record_id from base.row_states where record_type = 'order'))
     + (select count(*) from base.tenders where tender_id not in (select record_id from base.row_states where record_type = 'tender'))
     + (select count(*) from base.payments where payment_id not in (select record_id from base.row_states where record_type = 'payment'))
     + (select count(*) from base.wallet_lines where wallet_line_id not in (select record_id from base.row_states where record_type = 'wallet_line'))
     + (select count(*) from base.settlements where settlement_id not in (select record_id from base.row_states where record_type = 'settlement'))
     + (select count(*) from base.bank_lines where bank_line_id not in (select record_id from base.row_states where record_type = 'bank_line'));
