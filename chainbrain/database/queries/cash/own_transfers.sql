-- One row per movement between two bank accounts of the book from $first on and before $after: whose statement tells it, with which other
-- account, on which day, and how much it changed the account.
select account, other, day, amount from base.own_transfers
where account <> other and day >= $first and day < $after
order by account, other, day, amount
