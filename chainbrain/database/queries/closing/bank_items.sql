-- One row per thing that one side had and the other had not when $until began; positive: the book has it, negative: the bank.
with apart as (
    select account, number, flow, sum(if(side = 'book', amount, -amount)) as amount, min(day) as day,
           min_by(record_type, (side = 'bank', day)) as record_type, min_by(record_id, (side = 'bank', day)) as record_id,
           min_by(record_id, day) filter (where side = 'bank') as bank_line_id
    from close_bank where day < $until and account is not null
    group by account, number, flow having sum(if(side = 'book', amount, -amount)) <> 0
)
select a.account, a.day, cast(a.amount as decimal(18,2)) as amount, a.flow,
       if(a.amount < 0 and a.bank_line_id is not null, 'bank_line', a.record_type) as record_type,
       cast(if(a.amount < 0 and a.bank_line_id is not null, a.bank_line_id, a.record_id) as varchar) as record_id,
       coalesce(w.channel, s.channel, 'bank') as channel, b.counterparty
from apart a
left join base.wallet_lines w on w.wallet_line_id = if(a.record_type = 'wallet_line', a.record_id, null)
left join base.settlements s on s.settlement_id = if(a.record_type = 'settlement', a.record_id, null)
left join base.bank_lines b on b.bank_line_id = a.bank_line_id
order by a.account, a.day, a.record_id
