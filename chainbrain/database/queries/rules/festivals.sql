-- One lunar or solar-term day per row; all years, or one.
select day, festival from base.festivals where $year is null or year(day) = $year order by day, festival;
