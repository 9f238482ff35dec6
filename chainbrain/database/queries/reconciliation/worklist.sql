-- One row per kind of work: at which leg, how many, what is open about it (absolute yuan).
with kinds as (
    select case
               when code = 'D13' then 'split'
               when record_type = 'bank_line' or cause in ('not_arrived', 'bank_amount') then 'bank'
               when cause in ('bill', 'not_in_bill', 'commission', 'commission_rate', 'acquirer', 'acquirer_rate') then 'payout'
               when cause in ('ledger', 'contract', 'contract_rate') then 'ledger'
               else 'till'
           end as leg,
           case
               when cause = 'not_arrived' then 'late'
               when cause = 'bank_amount' then 'bank_amount'
               when record_type = 'bank_line' then 'no_candidate'
               when cause in ('contract_rate', 'acquirer_rate', 'commission_rate') then 'rate_change'
               when cause = 'commission' then 'commission'
               when cause in ('bill', 'not_in_bill') then 'bill'
               when code = 'D07' then 'fee'
               when cause = 'ledger' and code = 'D08' then 'ledger_missing'
               when cause = 'ledger' and code = 'D09' then 'ledger_extra'
               when cause = 'ledger' then 'ledger_amount'
               when code = 'D01' then 'till_only'
               when code = 'D02' then 'wallet_only'
               when code = 'D03' then 'amount'
               when code = 'D04' then 'day'
               when code = 'D05' then 'duplicate'
               when code = 'D06' then 'refund'
               when code = 'D10' then 'cash'
               when code = 'D11' then 'store'
               when code = 'D13' then 'split'
               when code = 'D14' then 'stored_value'
               else 'other'
           end as work,
           -- What somebody expects on a day is told apart from what is only not due yet.
           code, case when state = 'timing' and difference_id in (select subject_id from base.last_words where subject_type = 'difference' and verdict = 'timing')
                      then 'expected' else state end as state,
           abs(amount) as amount, coalesce(business_day, due_on) as day
    from base.differences where $store is null or store_id = $store
), suggested as (
    select m.solutions, abs(o.amount) as amount, cast(b.posted_at as date) as day, o.record_id
    from base.matches m
    join base.match_members o on o.match_id = m.match_id and o.side = 'outer'
    join base.bank_lines b on b.bank_line_id = o.record_id
    join base.row_states s on s.record_type = 'bank_line' and s.record_id = o.record_id and s.reason = 'suggested'
    where m.state = 'suggested'
), lines as (
    select record_id, max(solutions) as solutions, any_value(amount) as amount, any_value(day) as day from suggested group by record_id
)
select leg, work, code, state, count(*) as found, sum(amount)::decimal(18,2) as amount
from (
    select leg, work, code, state, amount from kinds where ($first is null or day >= $first) and ($after is null or day < $after)
    union all
    select 'bank', case when solutions = 1 then 'single' else 'several' end, null, 'open', amount
    from lines where $store is null and ($first is null or day >= $first) and ($after is null or day < $after)
    union all
    select 'till', case when solutions = 1 then 'single' else 'several' end, null, 'open', abs(amount)
    from base.tender_suggestions where ($store is null or store_id = $store) and ($first is null or business_day >= $first) and ($after is null or business_day < $after)
)
group by leg, work, code, state
order by leg, work, code, state
