-- One row per record that somebody names as part of a group: whether it is there, can be part of a movement of money, its
-- amount at the bank, and its match at the bank.
with named as (
    select record_type, record_id, try_cast(record_id as uuid) as id from grouping_members
)
select n.record_type, n.record_id,
       case n.record_type when 'bank_line' then b.amount when 'settlement' then cast(s.net as decimal(18,2)) when 'wallet_line' then -w.amount end as amount,
       case n.record_type when 'bank_line' then b.amount > 0 when 'settlement' then cast(s.net as decimal(18,2)) <> 0 else w.kind = 'withdrawal' and w.amount < 0 end as fits
from named n
left join base.bank_lines b on n.record_type = 'bank_line' and b.bank_line_id = n.id
left join base.settlements s on n.record_type = 'settlement' and s.settlement_id = n.id
left join base.wallet_lines w on n.record_type = 'wallet_line' and w.wallet_line_id = n.id
order by n.record_type, n.record_id
