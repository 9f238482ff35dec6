-- Rewrites what follows from matches and differences: money on its way, what of it is due or late, what was charged where a fee differs.
-- The movements are read once for both of their facts.
create or replace temp table facts_flows as
select channel, merchant, day, part, standing, if(standing in ('expected', 'short'), record_type, null) as record_type,
       if(standing in ('expected', 'short'), record_id, null) as record_id, sum(amount) as amount
from base.arrival_flows group by all;
delete from base.daily_flows;
insert into base.daily_flows
select channel, merchant, day, part, standing, cast(sum(amount) as decimal(18,5)) from facts_flows group by all;
delete from base.late_money;
insert into base.late_money from base.late_of('facts_flows');
drop table facts_flows;
delete from base.due_money;
insert into base.due_money from base.due_money_of_rows;
delete from base.difference_charges;
insert into base.difference_charges from base.difference_charges_of_rows;
