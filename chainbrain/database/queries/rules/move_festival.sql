-- A festival of one year stands on one day only.
delete from base.festivals where festival = $festival and year(day) = $year;
insert into base.festivals values ($day, $festival);
