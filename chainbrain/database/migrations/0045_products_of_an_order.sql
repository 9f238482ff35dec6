-- A product of an order is told from another by its category too.
update base.sightings s
set record_id = cast(md5(concat_ws(chr(31), 'order_item', i.store_code, i.order_no, i.item, i.category)) as uuid)
from base.order_items i
where s.record_type = 'order_item' and s.record_id = i.order_item_id and i.item is not null
  and i.order_item_id = cast(md5(concat_ws(chr(31), 'order_item', i.store_code, i.order_no, i.item, '')) as uuid);
update base.order_items
set order_item_id = cast(md5(concat_ws(chr(31), 'order_item', store_code, order_no, item, category)) as uuid)
where item is not null and order_item_id = cast(md5(concat_ws(chr(31), 'order_item', store_code, order_no, item, '')) as uuid);

-- Products that do not come to what the till says of the order, before or after discounts, are not all of them: of these no
-- share can be told either. Where the till's order is not known nothing can be said against them.
create or replace view base.order_groups as
select g.order_id, g.category, g.part, g.whole
from (
    select order_id, category, sum(amount) as part, sum(sum(amount)) over (partition by order_id) as whole,
           min(sum(amount)) over (partition by order_id) as least
    from base.order_items group by order_id, category
) g
left join base.orders o on o.order_id = g.order_id
where g.whole > 0 and g.least >= 0 and (o.order_id is null or g.whole = o.amount or g.whole = o.list_amount);
