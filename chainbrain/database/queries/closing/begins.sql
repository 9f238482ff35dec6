-- The day of the first opening balance, where no row lies before it: there the book begins, and earlier days lack no file.
with first_opening as (select min(day) as day from base.openings)
select o.day from first_opening o
where o.day is not null
  and not exists (from base.orders where business_day < o.day)
  and not exists (from base.payments where occurred_at < o.day)
  and not exists (from base.bank_lines where posted_at < o.day)
