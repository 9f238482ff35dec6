-- Remembers by what the links are as they are.
delete from base.link_marks;
insert into base.link_marks from a_links_now;
drop table a_links_now;
drop table a_link_days;
