-- Per store and channel: how many references the tills print, and how many of them led to a wallet or platform row. Where
-- only some rows are in scope, the others count as they did before; drift: how many of those in scope may have counted
-- otherwise than their matches show.
create or replace temp table r_found_before as
select i.record_id as tender_id, m.stage, m.match_id in (select match_id from base.closed_matches) as closed
from r_matched_before i join base.matches m on m.match_id = i.match_id
where i.record_type = 'tender' and m.kind = 'tender_payment'
  and (m.state = 'confirmed' and (m.stage <> 'order_number' or m.match_id in (select match_id from base.closed_matches)) or m.stage = 'refund_apart' and m.state = 'suggested');
create or replace temp table r_habits_here as
select d.store, d.channel, count(*) filter (where d.reference is not null) as referenced, count(p.tender_id) as found,
       count(*) filter (where d.reference is not null and not is_new(d.file_id)) as old_referenced,
       count(b.tender_id) filter (where b.stage not in ('amount_and_time', 'refund_apart') or b.closed) as old_found,
       count(*) filter (where not is_new(d.file_id) and (
           d.refund and b.stage in ('amount_and_time', 'refund_apart') or d.method = 'other' or d.channel <> d.method or some_bridged()
       )) as drift
from r_due d
left join (select tender_id from r_done union all select tender_id from r_pairs) p on p.tender_id = d.tender_id
left join r_found_before b on b.tender_id = d.tender_id
group by d.store, d.channel;
create or replace temp table r_habits_before as
select split_part(key, chr(31), 1) as store, split_part(key, chr(31), 2) as channel,
       max(whole) filter (where kind = 'habit') as referenced, max(part) filter (where kind = 'habit') as found,
       coalesce(max(whole) filter (where kind = 'habit_drift'), 0) as drift
from r_before where kind in ('habit', 'habit_drift') group by key;
create or replace temp table r_habits as
select store, channel, coalesce(b.referenced, 0) + coalesce(h.referenced - if(b.store is null, 0, h.old_referenced), 0) as referenced,
       coalesce(b.found, 0) + coalesce(h.found - if(b.store is null, 0, h.old_found), 0) as found,
       if(whole_run(), 0, coalesce(b.drift, 0) + coalesce(sum(h.drift) over (partition by store), 0)) as drift
from r_habits_here h full join r_habits_before b using (store, channel);
insert into r_facts
select unnest(['habit', 'habit_drift']), concat_ws(chr(31), store, channel), unnest([found, 0]), unnest([referenced, drift])
from r_habits;
