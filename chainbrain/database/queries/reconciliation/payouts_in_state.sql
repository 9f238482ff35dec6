-- One row per payout or withdrawal that stands in one state at the bank, of a period as states_of_period.sql counts it.
with payouts as (
    select 'settlement' as record_type, settlement_id as record_id, channel, coalesce(merchant_no, payout_account) as merchant_no,
           coalesce(last_day, expected_on) as day, cast(net as decimal(18,2)) as amount, external_id
    from base.settlements
    union all
    select 'wallet_line', wallet_line_id, channel, merchant_no, cast(occurred_at as date), abs(amount), external_id from main.wallet_lines
)
select p.record_type, p.record_id, p.channel, p.merchant_no, p.day, s.due_on, p.amount, s.state, s.reason, p.external_id
from payouts p join base.row_states s on s.record_type = p.record_type and s.record_id = p.record_id and s.leg = 'bank'
where s.state = $state and ($first is null or p.day >= $first) and ($after is null or p.day < $after)
order by s.due_on, p.day, p.amount, p.record_id
