-- One row per step of the close and state: how many rows of the month stand there, and their yuan.
with platforms as (
    select channel from base.coverage where kind = 'platform' union select channel from base.payments where bill_day is not null
    except select channel from base.acquirers
), facts as (
    select order_id as record_id, business_day as day, 'order' as kind, channel, amount from base.orders where business_day >= $first and business_day < $after
    union all
    select t.tender_id, coalesce(o.business_day, cast(t.paid_at as date)), 'tender', t.method, t.amount
    from base.tenders t left join base.orders o on o.order_id = t.order_id
    where coalesce(o.business_day, cast(t.paid_at as date)) >= $first and coalesce(o.business_day, cast(t.paid_at as date)) < $after
    union all
    select p.payment_id, l.business_day, 'payment', p.channel, p.amount
    from base.payment_links l join base.payments p on p.payment_id = l.payment_id where l.business_day >= $first and l.business_day < $after
    union all
    select wallet_line_id, cast(occurred_at as date), 'wallet_line', channel, amount from base.wallet_lines where occurred_at >= $first and occurred_at < $after
    union all
    select settlement_id, coalesce(expected_on, last_day), 'settlement', channel, cast(net as decimal(18,2))
    from base.settlements where coalesce(expected_on, last_day) >= $first and coalesce(expected_on, last_day) < $after
    union all
    select bank_line_id, cast(posted_at as date), 'bank_line', 'bank', amount from base.bank_lines where posted_at >= $first and posted_at < $after
    union all
    select split_line_id, cast(occurred_at as date), 'split_line', channel, amount from base.split_lines where occurred_at >= $first and occurred_at < $after
    union all
    select split_part_id, business_day, 'split_part', 'other', amount from base.split_parts where business_day >= $first and business_day < $after
), placed as (
    select case
               when s.leg = 'split' then 'splits'
               when s.leg = 'bank' then 'bank'
               when f.kind = 'tender' and f.channel = 'stored_value' then 'stored_value'
               when f.kind <> 'order' and f.channel in (from platforms) then 'platforms'
               when s.leg in ('ledger', 'payout') then 'settlement'
               else 'till'
           end as step, s.state, abs(f.amount) as amount, coalesce(m.stage in ('accepted', 'by_hand'), false) as by_hand
    from base.row_states s
    join facts f on f.record_id = s.record_id and f.kind = s.record_type
    left join base.matches m on m.match_id = s.match_id
)
select step, state, by_hand, count(*) as items, coalesce(sum(amount), 0)::decimal(18,2) as amount from placed group by all
union all
-- shifts; a sheet without the opening float or the sales says nothing
select 'cash', case when over is null then 'excluded' when over = 0 then 'matched' else 'difference' end, true, count(*), 0::decimal(18,2)
from (
    select counted - (opening_float + sales - coalesce(refunds, 0) - coalesce(paid_out, 0) - coalesce(banked, 0)) as over
    from base.cash_counts where business_day >= $first and business_day < $after
)
group by all
order by all
