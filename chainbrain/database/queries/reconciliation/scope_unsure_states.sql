-- As scope_unsure.sql: rows out of scope whose state is missing or there twice, because something else wrote into the book.
with there as (
    select record_type, leg, sum(rows_there) as rows_there from r_standing group by record_type, leg
), due as (
    select 'order' as record_type, 'till' as leg, count(*) as rows_due from base.orders
    union all select 'tender', 'till', count(*) from base.tenders
    union all select 'payment', 'till', count(*) from base.payments
    union all select 'wallet_line', 'ledger', count(*) from base.wallet_lines
    union all select 'split_line', 'split', count(*) from base.split_lines
    union all select 'split_part', 'split', count(*) from base.split_parts
    union all select 'settlement', 'payout', count(*) from base.settlements
)
select 'states' as reason
from due d left join there t on t.record_type = d.record_type and t.leg = d.leg
where coalesce(t.rows_there, 0) <> d.rows_due
