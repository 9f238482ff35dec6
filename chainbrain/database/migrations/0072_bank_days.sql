-- One row per bank account and day with lines: the last moment, the balance that the statement prints last (null where it prints none),
-- and the movements. Statements print either direction; within one moment the order of the file decides.
create table base.bank_days (
    bank_account varchar, day date not null, posted_at timestamp not null, balance decimal(18,2), amount decimal(18,2) not null
);
create view base.bank_days_of_rows as
with way as (
    select file_id, sheet, arg_max(posted_at, line) >= arg_min(posted_at, line) as ascending from base.bank_lines group by all
),
lines as (
    select b.bank_account, b.posted_at, b.amount, b.balance, if(w.ascending, b.line, -b.line) as place
    from base.bank_lines b join way w on w.file_id = b.file_id and w.sheet is not distinct from b.sheet
)
select bank_account, cast(posted_at as date) as day, max(posted_at) as posted_at,
       arg_max(balance, (posted_at, place)) filter (where balance is not null) as balance, cast(coalesce(sum(amount), 0) as decimal(18,2)) as amount
from lines group by bank_account, cast(posted_at as date);

-- The last known balance of every bank account at the end of a day: the statement's own figure, else opening plus movements.
create or replace macro base.bank_balances(to_day) as table
with lines as (from base.bank_days where day < cast(to_day as date)),
opening as (
    select account_no, arg_max(balance, day) as balance, max(day) as day from base.openings
    where kind = 'bank' and account_no is not null and day < to_day group by account_no
)
select coalesce(l.bank_account, o.account_no) as bank_account, max(l.posted_at) as posted_at,
       coalesce(arg_max(l.balance, l.day) filter (where l.balance is not null),
                any_value(o.balance) + coalesce(sum(l.amount) filter (where l.day >= o.day), 0)) as balance
from lines l full join opening o on o.account_no = l.bank_account
group by coalesce(l.bank_account, o.account_no);
