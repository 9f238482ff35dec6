-- One row per leg and state: how many rows of a period stand there (the row's business day, or the day money moved; of a
-- payout the last day it pays for, for it is on its way from that day on, whenever it is due).
with days as (
    select order_id as record_id, business_day as day from base.orders
    union all
    select t.tender_id, coalesce(o.business_day, cast(t.paid_at as date)) from base.tenders t left join base.orders o on o.order_id = t.order_id
    union all select payment_id, business_day from base.payment_links
    union all select wallet_line_id, cast(occurred_at as date) from base.wallet_lines
    union all select settlement_id, coalesce(last_day, expected_on) from base.settlements
    union all select bank_line_id, cast(posted_at as date) from base.bank_lines
    union all select split_part_id, business_day from base.split_parts
    union all select split_line_id, cast(occurred_at as date) from base.split_lines
)
select s.leg, s.state, count(*) as rows_there
from base.row_states s join days d on d.record_id = s.record_id
where ($first is null or d.day >= $first) and ($after is null or d.day < $after)
group by s.leg, s.state
