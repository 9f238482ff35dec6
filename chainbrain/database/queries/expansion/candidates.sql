-- One row per store that may be opened, as the table in the book has it.
select name, city, format, city_tier, monthly_rent, free_months, capex, deposit, monthly_sales, earliest from main.candidates order by name
