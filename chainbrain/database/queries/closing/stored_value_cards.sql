-- What is left on all cards when the month ended: opening balances by store, and the movements of every card, added up card by card.
with cards as (
    select coalesce(member_hash, cast(stored_value_line_id as varchar)) as card, sum(if(kind in ('use', 'refund'), -amount, amount)) as balance
    from base.stored_value_lines where occurred_at < $after group by all
)
select (select count(*) from cards) as cards, (coalesce((select sum(balance) from cards), 0)
       + coalesce((select sum(balance) from base.openings where kind = 'stored_value' and day < $after), 0))::decimal(18,2) as balance
