-- Rewrites what follows from matches and differences: money on its way and what of it is late. Of all merchant
-- numbers, or of some (facts.py).
-- The movements are read once for both of their facts, from sums of rows that are alike in all that decides about a movement. Rows of
-- either sign are summed by themselves: a sum of nothing is no movement, and one that comes to nothing is.
create or replace temp table facts_sales as
select min(payment_id) as payment_id, channel, merchant, day, kind, cast(sum(amount) as decimal(18,2)) as amount, cast(sum(fee) as decimal(18,5)) as fee, settlement_id
from base.arriving_sales {of} group by channel, merchant, day, kind, settlement_id, sign(amount), sign(fee), sign(amount - fee);
-- What left a wallet is known by its line.
create or replace temp table facts_lines as
select min(wallet_line_id) as wallet_line_id, channel, merchant, day, kind, cast(sum(amount) as decimal(18,2)) as amount
from base.arriving_lines {of}
group by channel, merchant, day, kind, sign(amount),
         if(kind = 'withdrawal' or wallet_line_id in (select record_id from base.match_members where match_id in (select match_id from base.matches where kind = 'settlement_bank')), wallet_line_id, null);
create or replace temp table facts_flows as
select channel, merchant, day, part, standing, if(standing in ('expected', 'short'), record_type, null) as record_type,
       if(standing in ('expected', 'short'), record_id, null) as record_id, sum(amount) as amount
from base.arrival_movements_of('facts_sales', 'facts_lines') where not contained group by all;
drop table facts_sales;
drop table facts_lines;
delete from base.daily_flows {of};
insert into base.daily_flows
select channel, merchant, day, part, standing, cast(sum(amount) as decimal(18,5)) from facts_flows {of} group by all;
delete from base.late_money {of};
insert into base.late_money from base.late_of('facts_flows') {of};
drop table facts_flows;
