-- Stores that may be opened, as people wrote them down: amounts in yuan, the earliest month in which one may open.
create table base.candidates (
    name varchar not null, city varchar, latitude double, longitude double, datum varchar, area_m2 decimal(18,2),
    monthly_rent decimal(18,2), free_months bigint, capex decimal(18,2), deposit decimal(18,2), monthly_sales decimal(18,2),
    earliest date, row_id uuid not null, file_id uuid not null, sheet varchar, line bigint not null, entry_id bigint not null
);
-- Of one that was imported again the later table counts.
create view main.candidates as
select row_id as candidate_id, name, city, latitude, longitude, datum, area_m2, monthly_rent, free_months, capex, deposit, monthly_sales,
       earliest, file_id, line
from base.candidates
qualify row_number() over (partition by name order by entry_id desc, line desc, coalesce(sheet, '') desc, row_id desc) = 1;
