-- What the book has of the month at all.
select exists (from base.cash_counts where business_day >= $first and business_day < $after) as cash,
       exists (from base.stored_value_lines where occurred_at >= $first and occurred_at < $after)
           or exists (from base.openings where kind = 'stored_value' and day < $after) as stored_value,
       exists (from base.split_rules) or exists (from base.split_lines where occurred_at >= $first and occurred_at < $after) as splits,
       exists (from base.bank_lines where posted_at >= $first and posted_at < $after) as bank,
       (select count(*) from base.source_files where control_total = 'differs' and (first_day is null or first_day < $after) and (last_day is null or last_day >= $first)) as differing
