-- One day that is not what its weekday says; all years, or one.
select day, kind, name, projected from base.holidays where $year is null or year(day) = $year order by day;
