-- One row per record that somebody names as part of a group: whether it is there, can be part of a movement of money, its
-- amount at the bank, and its match at the bank.
with named as (
    select record_type, record_id, try_cast(record_id as uuid) as id from grouping_members
)
select n.record_type, n.record_id,
       case n.record_type when 'bank_line' then b.amount when 'settlement' then cast(s.net as decimal(18,2)) when 'wallet_line' then -w.amount end as amount,
       case n.record_type when 'bank_line' then b.amount > 0 when 'settlement' then cast(s.net as decimal(18,2)) <> 0 else w.kind = 'withdrawal' and w.amount < 0 end as fits
from named n
left join base.bank_lines b on b.bank_line_id = if(n.record_type = 'bank_line', n.id, null)
left join base.settlements s on s.settlement_id = if(n.record_type = 'settlement', n.id, null)
left join base.wallet_lines w on w.wallet_line_id = if(n.record_type = 'wallet_line', n.id, null)
order by n.record_type, n.record_id
