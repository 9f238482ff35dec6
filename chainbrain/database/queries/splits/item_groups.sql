-- The groups of products that the order items of the book bear.
select distinct category from base.order_items order by category
