-- One count sheet of a drawer.
select c.cash_count_id, c.business_day, c.store_code as store_id, c.shift, c.cashier, c.opening_float, c.sales as drawer_sales, c.refunds as drawer_refunds, c.paid_out, c.banked, c.counted,
       s.name as file, c.line
from base.placed_cash_counts c
left join base.source_files s on s.file_id = c.file_id
where ($stores is null or list_contains($stores::varchar[], c.store_code)) and ($first is null or c.business_day >= $first) and ($after is null or c.business_day < $after)
  and ($text is null or contains(c.cashier, $text) or cast(c.counted as varchar) = $text)
