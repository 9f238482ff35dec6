-- What cannot be told from the rows in scope alone; one row per reason. A verdict over all rows of a store, merchant or
-- channel that may be another one by now would move rows that are out of scope.
select 'habits' as reason
from r_habits
where drift > 0 and (
    ((found - drift) * 5 < referenced + drift) <> ((found + drift) * 5 < referenced - drift)
    or (referenced - drift >= 20) <> (referenced + drift >= 20) and (found - drift) * 5 < referenced + drift
)
union all
select 'habits'
from r_habits h join r_habits_before b using (store, channel)
where (h.found * 5 < h.referenced) <> (b.found * 5 < b.referenced) or (h.referenced >= 20 and h.found * 5 < h.referenced) <> (b.referenced >= 20 and b.found * 5 < b.referenced)
union all
select 'serving' from r_facts where kind = 'serving' and key not in (select key from r_before where kind = 'serving')
union all
select 'serving' from r_before
where kind = 'serving' and key not in (select key from r_facts where kind = 'serving')
  and (split_part(key, chr(31), 1), split_part(key, chr(31), 2)) in (select channel, store from r_due)
union all
-- the clock of a till is read from all its sales of the day
select 'clocks' from r_open_tenders where keyless and (store, day) not in (select store, day from r_whole_days)
