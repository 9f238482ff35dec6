-- What no number has paired, how far the other side's files reach for it, and by how much the clocks of the tills differ.
insert into r_done from r_pairs;
delete from r_pairs;
create or replace temp table r_open_tenders as
select t.*, (t.reference is null or t.reference = t.order_no or coalesce(h.referenced >= 20 and h.found * 5 < h.referenced, false))
            and t.timed and cast(t.moment as time) <> time '00:00:00' as keyless
from (from r_due anti join r_done using (tender_id)) t left join r_habits h on h.store = t.store and h.channel = t.channel
where not t.cancelled;
create or replace temp table r_open_ids as
select payment_id from r_claims anti join r_done using (payment_id) anti join r_follows using (payment_id);
create or replace temp table r_open_claims as
select c.*, k.cutoff from (from r_claims where payment_id in (from r_open_ids)) c left join r_cutoffs k on k.store = c.store;

-- Which merchant numbers serve which store: by contract, and where there is none for the store and channel, by the pairs
-- already made.
create or replace temp table r_unserved as
select d.payment_id, t.channel, t.store
from (
    select tender_id, channel, store from r_due
    where (channel, store) not in (select channel, store from r_contracts where channel is not null and store is not null)
) t join r_done d on d.tender_id = t.tender_id;
insert into r_facts
select distinct 'serving', concat_ws(chr(31), t.channel, t.store, p.merchant), 0, 0
from r_unserved t join r_payments p on p.payment_id = t.payment_id
where p.merchant is not null;
create or replace temp table r_serving as
select distinct channel, store, merchant, valid_from, valid_to from r_contracts where store is not null and merchant is not null
union all
select split_part(key, chr(31), 1), split_part(key, chr(31), 2), split_part(key, chr(31), 3), date '1900-01-01', date '9999-12-31'
from (select key from r_facts where kind = 'serving' union select key from r_before where kind = 'serving');

-- Seconds by which a till's clock is ahead of the wallets': all sales of the day that are paired by number say the same.
create or replace temp table r_clocks as
select t.store, t.day, quantile_disc(epoch(t.moment) - epoch(c.occurred_at), 0.5)::bigint as ahead
from r_done d
join (
    select tender_id, store, day, moment from r_due
    where timed and not refund and (store, day) in (select store, day from r_open_tenders where keyless)
) t on t.tender_id = d.tender_id
join r_claims c on c.payment_id = d.payment_id
where c.channel not in (select channel from r_platforms)
group by t.store, t.day
having count(*) >= 5 and max(epoch(t.moment) - epoch(c.occurred_at)) - min(epoch(t.moment) - epoch(c.occurred_at)) <= 60 and abs(ahead) >= 30;

-- Is the wallet's or platform's side complete around the moment of the tender? A wallet may book some minutes later, a
-- platform bills late orders on the next day.
create or replace temp table r_tender_cover as
with timed as (
    select t.*, list_distinct([
        cast(moment as date), cast(moment - interval 10 minute as date), cast(moment - to_seconds(coalesce(k.ahead, 0)) as date),
        cast(moment + case when channel in (select channel from r_platforms) then interval 2 hour else interval 10 minute end as date)
    ]) as days
    from r_open_tenders t left join r_clocks k on k.store = t.store and k.day = t.day where t.moment is not null
), wanted as (
    select tender_id, channel, merchant, unnest(days) as day from timed where merchant is not null
    union all
    select t.tender_id, k.channel, k.merchant, unnest(t.days)
    from timed t
    join r_serving k
      on k.store = t.store and (k.channel = t.channel or t.channel = 'other')
     and cast(t.moment as date) >= k.valid_from and cast(t.moment as date) < k.valid_to
    where t.merchant is null
)
select w.tender_id, bool_and(d.day is not null) as complete
from wanted w left join r_trade_days d on d.channel = w.channel and d.merchant = w.merchant and d.day = w.day
group by w.tender_id;

-- Is the till's side complete? A payment whose store is unknown needs every store of its merchant number. Of a store that has
-- closed no till file is still to come.
create or replace temp table r_claim_cover as
with wanted as (
    select payment_id, store, unnest(list_distinct([
        cast(occurred_at - cutoff as date), cast(occurred_at - cutoff - interval 10 minute as date), cast(occurred_at - cutoff + interval 10 minute as date)
    ])) as day
    from r_open_claims where store is not null
    union all
    select c.payment_id, k.store, c.day
    from r_open_claims c join (select distinct channel, merchant, store from r_serving) k
      on k.channel = c.channel and k.merchant = c.merchant
    where c.store is null
)
select w.payment_id, bool_and(d.day is not null or coalesce(w.day >= s.closed_on, false)) as complete
from wanted w
left join r_till_days d on d.store = w.store and d.day = w.day
left join r_stores s on s.store_id = w.store
group by w.payment_id;

-- Filled by the stage that looks at store, amount and time.
create or replace temp table r_by_time (tender_id uuid, payment_id uuid, apart integer, ahead integer);
create or replace temp table r_suggested (match_id uuid, stage varchar, solutions integer, apart integer, ahead integer);
create or replace temp table r_suggested_rows (match_id uuid, side varchar, record_type varchar, record_id uuid, amount decimal(18,2));
