-- The groups of products that orders and rules name.
select category from base.order_items union select category from main.split_rules where category is not null order by category
