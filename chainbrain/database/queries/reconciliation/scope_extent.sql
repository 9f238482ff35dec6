-- How many rows are in scope, of how many in the book.
select (select count(*) from r_scope),
       (select count(*) from base.orders) + (select count(*) from base.tenders) + (select count(*) from base.payments) + (select count(*) from base.wallet_lines)
       + (select count(*) from base.split_lines) + (select count(*) from base.split_parts)
