-- Rewrites the channels whose money on its way is told.
delete from base.told_channels;
insert into base.told_channels from base.told_channels_of_rows;
