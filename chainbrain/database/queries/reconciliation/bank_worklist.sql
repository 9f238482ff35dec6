-- One row per bank line that is not settled (or all of them): what it is, and the best that can be said about it.
with told as (
    -- a match may hold several payouts and several deposits: what it lacks is told of the whole
    select m.match_id, m.state, m.solutions, json_extract(m.explanation, '$.days')::integer as days,
           sum(case o.side when 'outer' then o.amount else -o.amount end) as gap
    from base.matches m join base.match_members o on o.match_id = m.match_id
    where m.kind = 'settlement_bank' and m.state in ('confirmed', 'suggested')
    group by all
), best as (
    select o.record_id, t.match_id, t.state, t.solutions, t.gap,
           row_number() over (partition by o.record_id order by t.state = 'confirmed' desc, t.solutions, t.days, t.match_id) as rank,
           count(*) over (partition by o.record_id) as candidates
    from told t join base.match_members o on o.match_id = t.match_id and o.side = 'outer'
), short as (
    -- what a match lacks stands with one of its payouts
    select i.match_id, d.difference_id, d.code, d.state
    from base.differences d join base.match_members i on i.record_id = d.record_id and i.side = 'inner'
    where d.cause = 'bank_amount'
)
select b.bank_line_id, cast(b.posted_at as date) as posted_on, b.bank_account, b.counterparty, b.memo, b.amount, s.state, s.reason,
       m.match_id, case m.state when 'suggested' then greatest(m.solutions, m.candidates) when 'confirmed' then 1 else 0 end as solutions,
       m.gap::decimal(18,2) as gap, coalesce(d.code, h.code), coalesce(d.difference_id, h.difference_id), coalesce(d.state, h.state) as difference_state, b.external_id
from base.bank_lines b
join base.row_states s on s.record_type = 'bank_line' and s.record_id = b.bank_line_id and s.leg = 'bank'
left join best m on m.record_id = b.bank_line_id and m.rank = 1
left join short h on h.match_id = m.match_id and m.state = 'confirmed'
left join base.differences d on d.record_type = 'bank_line' and d.record_id = b.bank_line_id
where ($account is null or b.bank_account = $account)
  and ($first is null or cast(b.posted_at as date) >= $first) and ($after is null or cast(b.posted_at as date) < $after)
  and ($state is null or s.state = $state)
  and ($state is not null or s.state = 'difference' or s.reason = 'suggested')
order by posted_on desc, b.amount desc, b.bank_line_id
