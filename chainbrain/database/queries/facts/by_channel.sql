-- Rewrites the sums by channel of the kept movements of money on its way.
delete from base.channel_flows;
insert into base.channel_flows by name from base.channel_flows_of_rows;
