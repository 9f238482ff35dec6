-- One row per step: suggestions of the month that wait for a word, and their yuan.
with lines as (
    select cast(b.posted_at as date) as day, abs(b.amount) as amount
    from base.row_states s join base.bank_lines b on b.bank_line_id = s.record_id
    where s.record_type = 'bank_line' and s.reason = 'suggested'
)
select 'bank' as step, count(*) as items, coalesce(sum(amount), 0)::decimal(18,2) as amount from lines where day >= $first and day < $after
union all
select 'till', count(*), coalesce(sum(abs(amount)), 0)::decimal(18,2) from base.tender_suggestions where business_day >= $first and business_day < $after
