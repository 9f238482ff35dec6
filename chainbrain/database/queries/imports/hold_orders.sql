-- The products of an order say what falls on a group only all together: where one is suspect, the others of its file wait too.
update classified_order_items c set held = true
from (select distinct file_no, store_code, order_no from classified_order_items where state = 'suspect') o
where c.state <> 'suspect' and o.file_no = c.file_no and o.store_code = c.store_code and o.order_no = c.order_no;
