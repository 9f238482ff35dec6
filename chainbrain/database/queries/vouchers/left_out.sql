-- One row per sum of [$first, $after) that stands in no entry, and why: worded under voucher_left_out.<reason>.
with floors as (
    select file_id, floor from base.file_floors where floor > (select min(month) from base.standing_closes)
), till as (
    select t.store_code as store, t.method, t.amount, greatest(coalesce(o.business_day, cast(t.paid_at as date)), f.floor) as day, s.state, s.reason
    from base.placed_tenders t
    left join base.orders o on o.order_id = t.order_id
    left join base.row_states s on s.record_type = 'tender' and s.record_id = t.tender_id and s.leg = 'till'
    left join floors f on f.file_id = t.file_id
    where t.amount <> 0 and t.method <> 'cash' and coalesce(o.status, '') <> 'cancelled'
), found as (
    select case when method = 'coupon' then 'coupons' when state is null then 'not_reconciled' else 'till_only' end as reason, store, method as channel, amount
    from till where day >= $first and day < $after and method <> 'stored_value' and state is distinct from 'matched'
    union all
    select 'stored_value_bonus', v.store_code, 'stored_value', v.bonus
    from base.placed_stored_value_lines v left join floors f on f.file_id = v.file_id
    where v.kind = 'use' and v.principal is not null and coalesce(v.bonus, 0) <> 0
      and greatest(cast(v.occurred_at as date), f.floor) >= $first and greatest(cast(v.occurred_at as date), f.floor) < $after
    union all
    select if(b.amount > 0, 'bank_other_in', 'bank_other_out'), null, 'bank', b.amount
    from base.bank_lines b left join floors f on f.file_id = b.file_id
    where greatest(cast(b.posted_at as date), f.floor) >= $first and greatest(cast(b.posted_at as date), f.floor) < $after
      and b.bank_line_id not in (select record_id from base.arrival_movements where part = 'received')
)
select reason, store, channel, cast(sum(amount) as decimal(18,2)) as amount, count(*) as items
from found group by all
order by reason, store nulls last, channel
