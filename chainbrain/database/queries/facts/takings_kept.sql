-- Remembers by what the takings were reckoned.
delete from base.taking_marks;
insert into base.taking_marks from takings_now;
drop table takings_now;
drop table takings_moved;
