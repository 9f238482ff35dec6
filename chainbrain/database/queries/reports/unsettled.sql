-- One payout or withdrawal that has not reached the bank: when it should have, and what it brings.
select w.channel, if(r.state = 'difference', 'late', 'expected') as standing, coalesce(r.due_on, d.due_on) as due_on, w.no, w.first_day, w.last_day,
       w.bank_account, w.amount, f.name as file, w.line
from (
    select 'settlement' as record_type, settlement_id as record_id, channel, external_id as no, first_day, last_day, bank_account,
           cast(net as decimal(18,2)) as amount, file_id, null as line
    from base.settlements
    union all
    select 'wallet_line', wallet_line_id, channel, external_id, cast(occurred_at as date), cast(occurred_at as date), null, -amount, file_id, line
    from base.wallet_lines where kind = 'withdrawal'
) w
join base.row_states r on r.record_type = w.record_type and r.record_id = w.record_id and r.leg = 'bank' and r.state in ('timing', 'difference')
left join (
    select record_id, min(due_on) as due_on from base.differences where code = 'D08' group by record_id
) d on d.record_id = w.record_id
left join base.source_files f on f.file_id = w.file_id
where ($channel is null or w.channel = $channel) and w.first_day < $after
order by standing desc, due_on, w.channel, w.no
