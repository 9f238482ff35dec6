-- Remembers by what the days were reckoned and keeps the sums of [$moved, $until). Let go are the lines outside of [$first, $after)
-- and the sums of days without a mark: those of the 140 days before $first stay, for the lines are reckoned of them.
delete from base.day_lines where day < $first or day >= $after;
delete from base.day_marks;
insert into base.day_marks by name from marks_now;
drop table marks_now;
delete from base.day_sums where (day >= $moved and day < $until) or day not in (select day from base.day_marks);
insert into base.day_sums by name
select s.* from base.day_sums_among($moved, $until, false) s where s.day in (select day from base.day_marks);
