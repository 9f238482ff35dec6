-- Per store and channel: how many references the tills print, and how many of them led to a wallet or platform row.
create or replace temp table r_habits as
select store, channel, count(*) filter (where reference is not null) as referenced,
       count(p.tender_id) as found
from r_due left join (select tender_id from r_done union all select tender_id from r_pairs) p using (tender_id)
group by store, channel;
