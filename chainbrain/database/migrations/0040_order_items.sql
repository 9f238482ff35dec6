-- What of an order falls on which group of products, in what the guest paid for them after discounts.
create table base.order_items (
    order_item_id uuid not null, order_id uuid not null, store_code varchar not null, order_no varchar not null, business_day date,
    category varchar not null, item varchar, quantity decimal(18,3), amount decimal(18,2) not null,
    file_id uuid not null, sheet varchar, line bigint not null
);
create view base.placed_order_items as
select i.* replace (coalesce(a.store_id, i.store_code) as store_code, coalesce(o.business_day, i.business_day) as business_day), i.store_code as printed_store
from base.order_items i
left join (select order_id, business_day from base.orders) o on o.order_id = i.order_id
left join base.store_aliases a on a.code = i.store_code
 and coalesce(o.business_day, i.business_day, date '1900-01-01') >= a.valid_from and coalesce(o.business_day, i.business_day, date '1900-01-01') < a.valid_to;
create view main.order_items as
select order_item_id, order_id, store_code as store_id, order_no, business_day, category, item, quantity, amount, file_id, line, sheet, printed_store
from base.placed_order_items;
