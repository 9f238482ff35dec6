-- One row per sum on its way to the bank when $after begins: what lies in the wallet of a merchant number, and every payout or withdrawal
-- that has not arrived, with the day on which it should. A sum that should have come (late) is told apart. What no payout names yet is
-- one sum per merchant number and day of sales. What is carried into a later payout is part of that one;
-- where no bill tells of it yet, it is one sum of the number (carried).
with wallets as (
    select distinct channel, merchant from cash_movements where part = 'open' and standing = 'in_wallet'
), lying as (
    select f.channel, f.merchant, f.day, f.amount, f.record_type, coalesce(c.goes_with, f.record_id) as record_id,
           case when w.merchant is not null and f.standing in ('in_wallet', 'opening') then 'in_wallet'
                when c.record_id is not null and c.goes_with is null then 'carried' else f.standing end as standing
    from cash_movements f
    left join wallets w on w.channel = f.channel and w.merchant = f.merchant
    left join base.carried_payouts c on c.record_id = f.record_id and f.standing = 'expected'
    where f.part = 'open' and f.day < $after
), open as (
    select channel, merchant, standing, if(standing in ('in_wallet', 'opening', 'unbilled', 'carried'), null, record_type) as record_type,
           if(standing in ('in_wallet', 'opening', 'unbilled', 'carried'), null, record_id) as record_id,
           if(standing = 'unbilled', day, null) as sold_on, max(day) as day, cast(sum(amount) as decimal(18,5)) as amount
    from lying group by all having sum(amount) <> 0
), due as (
    select record_type, record_id, max(due_on) as due_on, bool_or(state = 'difference') as late from base.row_states where leg = 'bank' group by all
)
select o.channel, o.merchant, o.standing, o.day, o.amount, d.due_on, coalesce(d.late, o.standing in ('short', 'opening')) as late,
       base.account_key(s.bank_account) as account, cast(o.record_id as varchar) as record_id
from open o
left join due d on d.record_type = o.record_type and d.record_id = o.record_id
left join base.settlements s on s.settlement_id = if(o.record_type = 'settlement', o.record_id, null)
order by o.channel, o.merchant, o.standing, o.day, o.amount, o.record_id
