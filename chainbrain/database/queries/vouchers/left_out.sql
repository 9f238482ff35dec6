-- One row per sum of [$first, $after) that stands in no entry, and why: worded under voucher_left_out.<reason>.
with till as (
    select t.store_code as store, t.method, t.amount, coalesce(o.business_day, cast(t.paid_at as date)) as day, s.state, s.reason
    from base.placed_tenders t
    left join base.orders o on o.order_id = t.order_id
    left join base.row_states s on s.record_type = 'tender' and s.record_id = t.tender_id and s.leg = 'till'
    where t.amount <> 0 and t.method <> 'cash' and coalesce(o.status, '') <> 'cancelled'
), found as (
    select case when method = 'coupon' then 'coupons' when state is null then 'not_reconciled' else 'till_only' end as reason, store, method as channel, amount
    from till where day >= $first and day < $after and method <> 'stored_value' and state is distinct from 'matched'
    union all
    select 'stored_value_bonus', store_code, 'stored_value', bonus from base.placed_stored_value_lines
    where kind = 'use' and principal is not null and coalesce(bonus, 0) <> 0
      and cast(occurred_at as date) >= $first and cast(occurred_at as date) < $after
    union all
    select if(b.amount > 0, 'bank_other_in', 'bank_other_out'), null, 'bank', b.amount
    from base.bank_lines b
    where cast(b.posted_at as date) >= $first and cast(b.posted_at as date) < $after
      and b.bank_line_id not in (select record_id from base.arrival_flows where part = 'received')
)
select reason, store, channel, cast(sum(amount) as decimal(18,2)) as amount, count(*) as items
from found group by all
order by reason, store nulls last, channel
