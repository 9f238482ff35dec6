-- One row per movement between two bank accounts of the book from $first on and before $after that only one statement shows: whose, with which
-- other account, on which day, how much it changed the account, and whether the other one shows nothing alike in the days after (alone).
with moves as materialized (select * from base.own_transfers)
select t.account, t.other, t.day, t.amount, not exists (
           from base.bank_lines b
           where base.account_key(b.bank_account) = t.other and b.amount = -t.amount
             and cast(b.posted_at as date) >= t.day and cast(b.posted_at as date) <= t.day + 4
             and b.bank_line_id not in (select bank_line_id from moves where met)
       ) as alone
from moves t
where not t.met and t.account <> t.other and t.day >= $first and t.day < $after
order by t.account, t.other, t.day, t.amount
