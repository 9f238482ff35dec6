-- Rewrites what follows from matches and differences: money on its way, what of it is due, what was charged where a fee differs.
delete from base.daily_flows;
insert into base.daily_flows from base.daily_flows_of_rows;
delete from base.due_money;
insert into base.due_money from base.due_money_of_rows;
delete from base.difference_charges;
insert into base.difference_charges from base.difference_charges_of_rows;
