-- Third part of a stage: equal amounts of one key in other stores or on other days. A short number of a merchant whose shop
-- is not known may be another shop's: it needs the half hour as well.
-- A number that turns up on days far apart is used again and again, and so are all numbers of a till that counts its sales
-- anew every day (one in ten of its numbers stands on several days): then only the day's own rows go together, or rows
-- that midnight parts.
create or replace temp table r_number_days as
with numbers as (
    select 'till' as side, channel, scope, id, day, false as kept from r_left
    where not refund and scope <> '' and (channel, scope) in (select channel, scope from r_r)
    union all
    select 'wallet', channel, scope, id, day, false from r_right
    where not refund and scope <> '' and (channel, scope) in (select channel, scope from r_r)
    union all
    select side, channel, scope, id, day, true from r_kept_numbers
)
select channel, scope, count(*) as numbers, count(*) filter (where days > 1) as again, bool_or(kept) as kept
from (select side, channel, scope, id, count(distinct day) as days, bool_or(kept) as kept from numbers group by side, channel, scope, id)
group by channel, scope;
create or replace temp table r_reused as
select channel, scope from r_number_days where again * 10 >= numbers;
create or replace temp table r_compact as
select channel, id, scope
from (
    select channel, id, scope, key, moment from r_left where not refund
    union all select channel, id, scope, key, moment from r_right where not refund
)
where key in (select key from r_r) and (channel, scope) not in (select channel, scope from r_reused)
group by channel, id, scope
having max(moment) - min(moment) <= interval 3 day;

insert into r_pairs
select l.tender_id, r.payment_id, $stage
from (
    select *, row_number() over (partition by channel, id, scope, refund, amount, day order by moment, line, tender_id) as rank
    from r_l_open
) l
join (
    select *, row_number() over (partition by channel, id, scope, refund, amount, day order by moment, payment_id) as rank
    from r_r_open
) r using (channel, id, scope, refund, amount, day, rank)
anti join r_barred b on b.tender_id = l.tender_id and b.payment_id = r.payment_id
where length(l.id) >= 10 or r.store is not null or abs(epoch(l.moment) - epoch(r.moment)) <= 1800;

insert into r_pairs
select l.tender_id, r.payment_id, $stage
from (
    select *, row_number() over (partition by channel, id, scope, refund, amount order by moment, line, tender_id) as rank
    from r_l_open
) l
join (
    select *, row_number() over (partition by channel, id, scope, refund, amount order by moment, payment_id) as rank
    from r_r_open
) r using (channel, id, scope, refund, amount, rank)
anti join r_barred b on b.tender_id = l.tender_id and b.payment_id = r.payment_id
where abs(epoch(l.moment) - epoch(r.moment)) <= 1800
   or (length(l.id) >= 10 or r.store is not null) and (l.refund or (channel, id, scope) in (select channel, id, scope from r_compact));
