-- Rewrites what a word on single differences or rows can move at once: what is due, which differences of fees there are.
delete from base.due_money;
insert into base.due_money from base.due_money_of_rows;
delete from base.difference_charges where difference_id not in (select difference_id from base.differences);
