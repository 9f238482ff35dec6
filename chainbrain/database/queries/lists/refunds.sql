-- One refund as the daily sales count it: given back on this business day (by the store's own cut-off), of an order that sold something.
select t.tender_id, t.paid_at, t.business_day, t.store_id, t.order_no, t.method, t.amount, s.state, s.reason, f.name as file, t.line
from (
    select g.tender_id, g.paid_at, coalesce(cast(g.paid_at - to_seconds(epoch(c.day_cutoff)) as date), o.business_day) as business_day,
           o.store_code as store_id, g.order_no, g.method, -g.amount as amount, g.file_id, g.line
    from base.placed_tenders g
    join base.placed_orders o on o.order_id = g.order_id
    left join main.stores c on c.store_id = g.store_code
    where g.is_refund and o.status not in ('cancelled', 'open') and o.channel is distinct from 'stored_value' and ($stores is null or o.store_code in (select unnest($stores::varchar[])))
) t
join base.source_files f on f.file_id = t.file_id
left join base.row_states s on s.record_type = 'tender' and s.record_id = t.tender_id and s.leg = 'till'
where ($first is null or t.business_day >= $first) and ($after is null or t.business_day < $after)
  and ($text is null or contains(t.order_no, $text) or cast(t.amount as varchar) = $text)
