-- The marks of the days that the lines of [$first, $after) rest on, as they are now, in marks_now.
create or replace temp table marks_now as from base.day_marks_of(cast($first as date) - 140, $after);
