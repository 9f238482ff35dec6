-- One difference: what is wrong, what it costs, and the very row it stands on.
select d.code, d.code as what, d.state, d.business_day, d.store_id, coalesce(s.name, d.store_id) as store, d.channel,
       cast(d.amount as decimal(18,2)) as amount, d.due_on, d.cause, d.note, d.record_type, f.name as file, r.sheet, r.line,
       d.difference_id, d.record_id
from main.differences d
left join main.stores s on s.store_id = d.store_id
left join (
    select order_id as id, file_id, sheet, line from base.orders
    union all select tender_id, file_id, sheet, line from base.tenders
    union all select payment_id, file_id, sheet, line from base.payments
    union all select wallet_line_id, file_id, sheet, line from base.wallet_lines
    union all select split_line_id, file_id, sheet, line from base.split_lines
    union all select bank_line_id, file_id, sheet, line from base.bank_lines
    union all select cash_count_id, file_id, sheet, line from base.cash_counts
    union all select stored_value_line_id, file_id, sheet, line from base.stored_value_lines
) r on r.id = d.record_id
left join base.source_files f on f.file_id = r.file_id
where ($stores is null or list_contains($stores::varchar[], d.store_id)) and ($channel is null or d.channel = $channel)
  and ($code is null or d.code = $code) and ($state is null or d.state = $state)
  and ($first is null or coalesce(d.business_day, d.due_on) >= $first) and ($after is null or coalesce(d.business_day, d.due_on) < $after)
order by d.code, d.state, abs(d.amount) desc, d.business_day, d.difference_id
