-- What is left on all cards when the month ended: opening balances by store, and the movements of every card, added up card by card.
-- Rows that came after the month was closed count in a later one, rows and balances from before an opening balance are in it.
with late as (
    select file_id from base.file_floors where floor > $month and floor > (select min(month) from base.standing_closes)
), begun as (
    select store_code, max(day) as day from base.openings where kind = 'stored_value' and day < $after and file_id not in (from late) group by store_code
), cards as (
    select coalesce(member_hash, cast(stored_value_line_id as varchar)) as card, sum(if(kind in ('use', 'refund'), -amount, amount)) as balance
    from base.stored_value_lines l
    where occurred_at < $after and file_id not in (from late)
      and not exists (from begun b where coalesce(b.store_code, l.store_code) is not distinct from l.store_code and l.occurred_at < b.day)
    group by all
)
select (select count(*) from cards) as cards, (coalesce((select sum(balance) from cards), 0)
       + coalesce((select sum(o.balance) from base.openings o join begun b on b.store_code is not distinct from o.store_code and b.day = o.day
                 where o.kind = 'stored_value' and o.file_id not in (from late)), 0))::decimal(18,2) as balance
