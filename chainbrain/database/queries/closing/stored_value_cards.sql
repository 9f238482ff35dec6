-- What is left on all cards when the month ended: opening balances by store, and the movements of every card, added up card by card.
-- Rows that came after the month was closed count in a later one.
with late as (
    select file_id from base.file_floors where floor > $month and floor > (select min(month) from base.standing_closes)
), cards as (
    select coalesce(member_hash, cast(stored_value_line_id as varchar)) as card, sum(if(kind in ('use', 'refund'), -amount, amount)) as balance
    from base.stored_value_lines where occurred_at < $after and file_id not in (from late) group by all
)
select (select count(*) from cards) as cards, (coalesce((select sum(balance) from cards), 0)
       + coalesce((select sum(balance) from base.openings where kind = 'stored_value' and day < $after and file_id not in (from late)), 0))::decimal(18,2) as balance
