-- One row per leg and state: how many rows of one store stand there in a period. Rows of a merchant number that several stores
-- share belong to none of them, unless their payment does; a bank line never does.
with numbers as (
    select channel, base.merchant_key(merchant_no) as merchant, min(store_code) as store
    from base.accounts where store_code is not null group by all having count(distinct store_code) = 1
), days as (
    select order_id as record_id, business_day as day from base.placed_orders where store_code = $store
    union all
    select t.tender_id, coalesce(o.business_day, cast(t.paid_at as date))
    from base.placed_tenders t left join base.orders o on o.order_id = t.order_id where t.store_code = $store
    union all
    select payment_id, business_day from base.payment_links where store_id = $store
    union all
    select w.wallet_line_id, cast(w.occurred_at as date)
    from main.wallet_lines w join numbers n on n.channel = w.channel and n.merchant = base.merchant_key(w.merchant_no) where n.store = $store
    union all
    select s.settlement_id, coalesce(s.last_day, s.expected_on)
    from base.settlements s join numbers n on n.channel = s.channel and n.merchant = base.merchant_key(s.merchant_no) where n.store = $store
    union all
    select p.split_part_id, p.business_day
    from base.split_parts p join base.payment_links l on l.payment_id = p.payment_id where l.store_id = $store
)
select s.leg, s.state, count(*) as rows_there
from base.row_states s join days d on d.record_id = s.record_id
where ($first is null or d.day >= $first) and ($after is null or d.day < $after)
group by s.leg, s.state
