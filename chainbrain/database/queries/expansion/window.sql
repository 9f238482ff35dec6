-- One row: the first business day with sales and the last.
select min(business_day), max(business_day) from base.store_day_sales;
