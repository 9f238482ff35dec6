-- What kind of store a candidate would be and which tier its city has, in the owner's own words as in the list of stores; empty where nobody said.
alter table base.candidates add column format varchar;
alter table base.candidates add column city_tier varchar;
create or replace view main.candidates as
select row_id as candidate_id, name, city, latitude, longitude, datum, area_m2, monthly_rent, free_months, capex, deposit, monthly_sales,
       earliest, file_id, line, format, city_tier
from base.candidates
qualify row_number() over (partition by name order by entry_id desc, line desc, coalesce(sheet, '') desc, row_id desc) = 1;
