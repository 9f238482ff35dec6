-- Deposits, payouts and withdrawals that more than one suggestion explains: how many answers there are, what all of them
-- share, and two of them. alike: they differ only in which of some equal amounts it is, so that the sum says nothing more.
create view main.ambiguities as
with answers as (
    select b.record_type, b.record_id, m.match_id, m.solutions, m.stage,
           list_sort(list(cast(o.record_id as varchar))) as others, list_sort(list(o.amount)) as amounts,
           any_value(cast(json_extract(m.explanation, '$.shared') as varchar[])) as shared, any_value(json_extract_string(m.explanation, '$.why')) as why
    from base.matches m
    join base.match_members b on b.match_id = m.match_id
    join base.match_members o on o.match_id = m.match_id and o.side <> b.side
    where m.kind = 'settlement_bank' and m.state = 'suggested' and m.solutions > 1
    group by b.record_type, b.record_id, m.match_id, m.solutions, m.stage
)
select record_type, record_id, max(solutions) as solutions,
       bool_and(why is not distinct from 'alike') and count(distinct amounts) = 1 as alike,
       coalesce(any_value(shared), list_sort(list_reduce(list(others), lambda a, b: list_intersect(a, b)))) as shared,
       list_slice(list(match_id order by match_id), 1, 2) as examples
from answers
group by record_type, record_id
having max(solutions) > 1 and (count(*) > 1 or any_value(shared) is not null);
