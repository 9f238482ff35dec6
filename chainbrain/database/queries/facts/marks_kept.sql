-- Remembers by what the lines were reckoned, and lets go of those outside of [$first, $after).
delete from base.day_lines where day < $first or day >= $after;
delete from base.day_marks;
insert into base.day_marks by name from marks_now;
drop table marks_now;
