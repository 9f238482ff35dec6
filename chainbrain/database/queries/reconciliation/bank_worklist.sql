-- One row per bank line that is not settled (or all of them): what it is, and the best that can be said about it.
with best as (
    select o.record_id, m.match_id, m.state, m.solutions, i.amount as expected,
           row_number() over (
               partition by o.record_id order by m.state = 'confirmed' desc, m.solutions, json_extract(m.explanation, '$.days')::integer, m.match_id
           ) as rank,
           count(*) over (partition by o.record_id) as candidates
    from base.matches m
    join base.match_members o on o.match_id = m.match_id and o.side = 'outer'
    join base.match_members i on i.match_id = m.match_id and i.side = 'inner'
    where m.kind = 'settlement_bank' and m.state in ('confirmed', 'suggested')
)
select b.bank_line_id, cast(b.posted_at as date) as posted_on, b.bank_account, b.counterparty, b.memo, b.amount, s.state, s.reason,
       m.match_id, case m.state when 'suggested' then greatest(m.solutions, m.candidates) when 'confirmed' then 1 else 0 end as solutions,
       (b.amount - m.expected)::decimal(18,2) as gap, d.code, d.difference_id, d.state as difference_state
from base.bank_lines b
join base.row_states s on s.record_type = 'bank_line' and s.record_id = b.bank_line_id and s.leg = 'bank'
left join best m on m.record_id = b.bank_line_id and m.rank = 1
left join base.differences d on d.record_type = 'bank_line' and d.record_id = b.bank_line_id
where ($account is null or b.bank_account = $account)
  and ($first is null or cast(b.posted_at as date) >= $first) and ($after is null or cast(b.posted_at as date) < $after)
  and ($state is null or s.state = $state)
  and ($state is not null or s.state = 'difference' or s.reason = 'suggested')
order by posted_on desc, b.amount desc, b.bank_line_id
