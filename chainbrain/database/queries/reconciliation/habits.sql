-- Per store and channel: how many references the tills print, and how many of them led to a wallet or platform row.
create or replace temp table r_habits as
select store, channel, count(*) filter (where reference is not null) as referenced,
       count(*) filter (where tender_id in (select tender_id from r_pairs)) as found
from r_due group by store, channel;
