-- What a person's word is about, for the history: what it comes to in yuan, its one store and its one code. Nothing where several
-- amounts would cancel each other out or several stores are meant.
with about as (
    select cast(d.amount as decimal(18,2)) as amount, coalesce(s.name, d.store_id) as store, d.code
    from base.differences d left join main.stores s on s.store_id = d.store_id
    where $subject = 'difference' and cast(d.difference_id as varchar) in (select subject_id from deciding)
    union all
    select m.amount, null, null from base.match_members m
    where $subject = 'match' and m.side = 'outer' and cast(m.match_id as varchar) in (select subject_id from deciding)
    union all
    select amount, null, null from base.bank_lines where cast(bank_line_id as varchar) in (select unnest($lines::varchar[]))
)
select case when min(sign(amount)) = max(sign(amount)) then cast(sum(amount) as decimal(18,2)) end,
       case when min(store) = max(store) and count(store) = count(*) then min(store) end,
       case when min(code) = max(code) then min(code) end
from about
