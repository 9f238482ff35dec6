-- One row: the first and the last business day with sales, both null without any.
select min(business_day) as first, max(business_day) as last
from base.daily_sales;
