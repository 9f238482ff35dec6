-- As scope_unsure.sql, for tills that may use their numbers again: too near the limit, or rows that an aggregator's row
-- stands for.
select 'numbers' as reason from r_number_days
where kept and (abs(again * 10 - numbers) <= numbers * 0.2 or exists (from base.bridged_payments))
