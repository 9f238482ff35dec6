-- Per store and channel: how many references the tills print, and how many of them led to a wallet or platform row. Where
-- only some rows are in scope, the others count as they did before (drift: how many of these were looked at since).
create or replace temp table r_habits_here as
select store, channel, count(*) filter (where reference is not null) as referenced,
       count(p.tender_id) as found, count(*) filter (where reference is not null and is_new(file_id)) as new_referenced,
       count(p.tender_id) filter (where is_new(file_id)) as new_found
from r_due left join (select tender_id from r_done union all select tender_id from r_pairs) p using (tender_id)
group by store, channel;
create or replace temp table r_habits_before as
select split_part(key, chr(31), 1) as store, split_part(key, chr(31), 2) as channel,
       max(whole) filter (where kind = 'habit') as referenced, max(part) filter (where kind = 'habit') as found,
       coalesce(max(whole) filter (where kind = 'habit_drift'), 0) as drift
from r_before where kind in ('habit', 'habit_drift') group by key;
create or replace temp table r_habits as
select store, channel, if(b.store is null, coalesce(h.referenced, 0), b.referenced + coalesce(h.new_referenced, 0)) as referenced,
       if(b.store is null, coalesce(h.found, 0), b.found + coalesce(h.new_found, 0)) as found,
       if(b.store is null, 0, b.drift + coalesce(sum(h.referenced - h.new_referenced) over (partition by store), 0)) as drift
from r_habits_here h full join r_habits_before b using (store, channel);
insert into r_facts
select unnest(['habit', 'habit_drift']), concat_ws(chr(31), store, channel), unnest([found, 0]), unnest([referenced, drift])
from r_habits;
