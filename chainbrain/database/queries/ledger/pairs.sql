-- Every store with which head office has a ledger: franchise stores, and others of which a line, an opening balance or a word
-- says so; with what head office owed it when the book began.
with openings as (
    select coalesce(a.store_id, o.store_code) as store_id, o.day, sum(o.balance) as balance
    from base.openings o left join base.store_aliases a on a.code = o.store_code and o.day >= a.valid_from and o.day < a.valid_to
    where o.kind = 'franchise_payable' and o.store_code is not null group by all
), latest as (
    select store_id, max(day) as day, arg_max(balance, day) as balance from openings group by store_id
), named as (
    select store_id from main.stores where ownership = 'franchise'
    union select store_id from main.ledger_entries
    union select store_id from latest
    union select store_code from base.standing_collecting_words
)
select n.store_id, s.name, s.ownership, l.day, cast(l.balance as decimal(18,2)) as balance
from named n left join main.stores s on s.store_id = n.store_id left join latest l on l.store_id = n.store_id
order by n.store_id
