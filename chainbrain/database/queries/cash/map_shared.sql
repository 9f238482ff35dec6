-- One row per merchant number of several stores.
select channel, base.merchant_key(merchant_no) as merchant, list(distinct store_id order by store_id) as stores
from main.merchant_accounts where merchant_no is not null and store_id is not null
group by all having count(distinct store_id) > 1 order by all
