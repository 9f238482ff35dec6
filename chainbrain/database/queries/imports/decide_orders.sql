-- The products of an order are taken or left together: taken when every suspect one of the file was spoken about.
update classified_order_items c set decision = if(o.spoken, 'new', 'leave')
from (
    select file_no, store_code, order_no, bool_and(coalesce(decision, 'leave') <> 'leave') as spoken
    from classified_order_items where state = 'suspect' group by all
) o
where o.file_no = c.file_no and o.store_code = c.store_code and o.order_no = c.order_no and (c.state <> 'suspect' or not o.spoken);
