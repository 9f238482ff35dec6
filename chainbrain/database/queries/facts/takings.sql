-- Rewrites what wallets and platforms took, and the channels whose money on its way is told.
delete from base.daily_takings;
insert into base.daily_takings from base.daily_takings_of_rows;
delete from base.told_channels;
insert into base.told_channels from base.told_channels_of_rows;
