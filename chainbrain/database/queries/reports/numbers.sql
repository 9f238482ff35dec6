-- One row per record of $ids: the number by which it is found in its own file, the file and the line.
with ids as (
    select unnest($ids::varchar[])::uuid as record_id
), found as (
    select payment_id as record_id, coalesce(refund_id, external_id, merchant_order_no) as no, file_id, sheet, line from base.payments where payment_id in (from ids)
    union all
    select wallet_line_id, coalesce(external_id, reference), file_id, sheet, line from base.wallet_lines where wallet_line_id in (from ids)
    union all
    select settlement_id, external_id, file_id, null, null from base.settlements where settlement_id in (from ids)
    union all
    select bank_line_id, coalesce(external_id, memo), file_id, sheet, line from base.bank_lines where bank_line_id in (from ids)
    union all
    select tender_id, order_no, file_id, sheet, line from base.tenders where tender_id in (from ids)
    union all
    select order_id, order_no, file_id, sheet, line from base.orders where order_id in (from ids)
    union all
    select stored_value_line_id, reference, file_id, sheet, line from base.stored_value_lines where stored_value_line_id in (from ids)
    union all
    select cash_count_id, concat_ws(' ', shift, cashier), file_id, sheet, line from base.cash_counts where cash_count_id in (from ids)
    union all
    select split_line_id, external_id, file_id, sheet, line from base.split_lines where split_line_id in (from ids)
)
select cast(f.record_id as varchar) as record_id, any_value(f.no) as no, any_value(s.name) as file, any_value(f.line) as line
from found f left join base.source_files s on s.file_id = f.file_id
group by f.record_id
