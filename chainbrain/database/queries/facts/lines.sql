-- Rewrites the lines of the days of [$first, $after): of each store, and of all together.
delete from base.day_lines where day >= $first and day < $after;
insert into base.day_lines by name from base.day_lines_of($first, $after, true, null);
insert into base.day_lines by name from base.day_lines_of($first, $after, false, null);
