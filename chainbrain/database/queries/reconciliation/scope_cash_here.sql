-- Whether one of the rows added last is a tender in cash.
select exists (from base.tenders where method = 'cash' and rowid in (select place from r_fresh where kind = 'tender'))
