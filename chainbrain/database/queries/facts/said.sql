-- Rewrites what a word on single differences or rows can move: what came short, what is due, which differences there are.
delete from base.daily_flows where standing = 'short';
insert into base.daily_flows from base.daily_flows_of_rows where standing = 'short';
delete from base.due_money;
insert into base.due_money from base.due_money_of_rows;
delete from base.difference_charges where difference_id not in (select difference_id from base.differences);
