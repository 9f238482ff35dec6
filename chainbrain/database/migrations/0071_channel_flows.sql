-- The movements of money on its way by channel and day, summed from those by merchant number: what the overview asks each time.
create table base.channel_flows (channel varchar, day date, part varchar not null, amount decimal(18,5) not null);
create view base.channel_flows_of_rows as
select channel, day, part, cast(sum(amount) as decimal(18,5)) as amount from base.daily_flows group by channel, day, part;
