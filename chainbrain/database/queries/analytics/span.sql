-- One row: the first and the last day with sales.
select first_day, last_day from base.sales_span
