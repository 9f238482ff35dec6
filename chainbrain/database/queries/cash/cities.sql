-- One row per city that has stores.
select distinct city from main.stores where city is not null order by city;
