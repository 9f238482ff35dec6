-- One row per group of products: its quantity and receipts now and before, as base.paired_products tells them.
select category, sum(quantity), cast(sum(amount) as decimal(18,2)), sum(base_quantity), cast(sum(base_amount) as decimal(18,2))
from base.paired_products($first, $after, $shift, $stores) group by category order by category
