-- What screens of all stores read is kept: which stores there are, and what each day of each was and brought.

-- The stores and contracts as they stand: main.stores and main.merchant_accounts work them out of all
-- that lists, placements and tills ever said of them, which took most of the time of a question that names them several times.
-- Kept by chainbrain/kept_days.py in the transaction that moves them.
create table base.known_stores as from main.stores;
create view base.known_stores_of_rows as from main.stores;
create table base.known_contracts as from main.merchant_accounts;
create view base.known_contracts_of_rows as from main.merchant_accounts;

-- The accounts of which there should be a bill a day, and since when: not the bank's, and none that no file tells.
create view base.known_accounts as
select distinct store_id, channel, base.merchant_key(merchant_no) as account_no, valid_from as since, valid_to as until
from base.known_contracts where store_id is not null and channel not in ('bank', 'cash', 'stored_value', 'coupon', 'other');

-- As before, of the stores and accounts that are kept.
create or replace macro base.store_days_among(from_day, to_day, unmarked) as table
with days as materialized (
    select d from (select cast(unnest(generate_series(cast(from_day as date), cast(to_day as date) - interval 1 day, interval 1 day)) as date) as d)
    where not unmarked or d not in (select day from base.day_marks)
),
lives as (
    select s.store_id, coalesce(s.opened_on, b.first_sale, date '2000-01-01') as opens, s.closed_on as closes
    from base.known_stores s
    left join (
        select store_id, min(business_day) as first_sale from base.store_day_sales where exists (from days) group by store_id
    ) b on b.store_id = s.store_id
)
select l.store_id, days.d as day,
       case when t.covered or p.store_id is not null then if(coalesce(t.whole, true), 'full', 'part')
            when t.store_id is not null then 'closed'
            else 'missing' end as state
from days
cross join lives l
left join (from base.till_days t semi join days on days.d = t.day) t on t.store_id = l.store_id and t.day = days.d
left join (
    select s.store_id, s.business_day from base.store_day_sales s semi join days on days.d = s.business_day where s.orders > 0
) p on p.store_id = l.store_id and p.business_day = days.d
where (days.d >= l.opens and (l.closes is null or days.d < l.closes)) or coalesce(t.covered, false) or p.store_id is not null;

create or replace macro base.source_days(from_day, to_day) as table
with store_days as (select * from base.store_days(from_day, to_day)),
covered as (select * from base.account_days where day >= from_day and day < to_day)
select store_id, day, 'till' as source, store_id as account_no, state from store_days
union all
select d.store_id, d.day, a.channel, a.account_no,
       case when c.day is not null then if(c.whole, 'full', 'part') when d.state = 'closed' then 'closed' else 'missing' end
from store_days d
join base.known_accounts a
    on a.store_id = d.store_id and d.day >= coalesce(a.since, date '2000-01-01') and (a.until is null or d.day < a.until)
left join covered c on c.channel = a.channel and c.account_no = a.account_no and c.day = d.day;

-- One row per store and day: its state (full; part: a row of its till file was left out; missing; closed), whether a bill or till file lacks, and what it sold, gave back, was charged and took. Days on
-- which nothing was expected have no state. Charges of no known store have no store.
create macro base.day_sums_among(from_day, to_day, unmarked) as table
with days as materialized (
    select d from (select cast(unnest(generate_series(cast(from_day as date), cast(to_day as date) - interval 1 day, interval 1 day)) as date) as d)
    where not unmarked or d not in (select day from base.day_marks)
),
states as materialized (select * from base.store_days_among(from_day, to_day, unmarked)),
bills as (select channel, account_no, day from base.account_days a semi join days on days.d = a.day),
parts as (
    select store_id, day, state, state = 'missing' as lacks, null as amount, null as orders, null as refunds, null as fees, null as takings
    from states
    union all
    select s.store_id, s.day, null, true, null, null, null, null, null
    from states s
    join base.known_accounts a
        on a.store_id = s.store_id and s.day >= coalesce(a.since, date '2000-01-01') and (a.until is null or s.day < a.until)
    anti join bills b on b.channel = a.channel and b.account_no = a.account_no and b.day = s.day
    where s.state <> 'closed'
    union all
    select store_id, business_day, null, false, amount, orders, refunds, null, null
    from base.store_day_sales s semi join days on days.d = s.business_day
    union all
    select store_id, business_day, null, false, null, null, null, fees, takings
    from base.daily_takings t semi join days on days.d = t.business_day
)
select store_id, day, any_value(state) as state, bool_or(lacks) as lacks, cast(sum(amount) as decimal(18,2)) as amount,
       cast(sum(orders) as bigint) as orders, cast(sum(refunds) as decimal(18,2)) as refunds, cast(sum(fees) as decimal(18,5)) as fees,
       cast(sum(takings) as decimal(18,2)) as takings
from parts group by store_id, day;

-- known_from: the first day that a till or its file tells.
create or replace view base.day_lines_span as
select greatest(cast(min(day) as date) - 92, max(day) - 799) as first_day, max(day) + 1 as after_day, cast(min(day) as date) as known_from
from (
    select min(business_day) as day from base.store_day_sales union all select max(business_day) from base.store_day_sales
    union all select min(day) from base.till_days union all select max(day) from base.till_days
);

drop view base.day_states_of_rows;
drop table base.day_states;
create table base.day_sums (
    store_id varchar, day date not null, state varchar, lacks boolean not null, amount decimal(18,2), orders bigint, refunds decimal(18,2),
    fees decimal(18,5), takings decimal(18,2)
);
create view base.day_sums_of_rows as
select s.* from base.day_sums_among((select first_day - 140 from base.day_lines_span), (select after_day from base.day_lines_span), false) s;

-- Days with a mark are kept; what lies outside of them is told by the files.
create or replace macro base.store_days(from_day, to_day) as table
select store_id, day, state from base.day_sums where day >= from_day and day < to_day and state is not null
union all
select store_id, day, state from base.store_days_among(from_day, to_day, true);

create macro base.day_sums_in(from_day, to_day) as table
select * from base.day_sums where day >= from_day and day < to_day
union all
select * from base.day_sums_among(from_day, to_day, true);

-- Two marks a day: over what the lines read of it, and over what only the sums read besides. A hash of several values ends by laying
-- the last one over those before as it is: two stores that exchange their states could leave the sum what it was, were each not hashed again.
drop table base.day_marks;
create table base.day_marks (day date not null, line_mark hugeint not null, sums_mark hugeint not null);
create or replace macro base.day_marks_of(from_day, to_day) as table
with days as (select cast(unnest(generate_series(cast(from_day as date), cast(to_day as date) - interval 1 day, interval 1 day)) as date) as day),
contracts as (select coalesce(sum(hash(hash(a.store_id, a.channel, a.account_no, a.since, a.until))), 0) as mark from base.known_accounts a),
parts as (
    select day, 0 as line_part, (select mark from contracts) as sums_part from days
    union all
    select day, hash(hash(store_id, state)), 0 from base.store_days_among(from_day, to_day, false)
    union all
    select business_day, hash(hash(store_id, amount, orders)), hash(hash(store_id, refunds))
    from base.store_day_sales where business_day >= from_day and business_day < to_day
    union all
    select day, hash('holiday'), 0 from base.holidays where day >= from_day and day < to_day
    union all
    select business_day, 0, hash(hash(store_id, channel, fees, takings))
    from base.daily_takings where business_day >= from_day and business_day < to_day
    union all
    select day, 0, hash(hash(channel, account_no)) from base.account_days where day >= from_day and day < to_day
)
select day, sum(line_part) as line_mark, sum(sums_part) as sums_mark from parts group by day;

-- The days that 经营安排 makes a holiday for one region, city or store only.
create macro base.local_holidays(from_day, to_day) as table
select distinct s.store_id, cast(unnest(generate_series(e.first_day, e.last_day, interval 1 day)) as date) as day
from base.standing_store_events e
join base.known_stores s on coalesce(e.store_id, s.store_id) = s.store_id and (e.region is null or e.region = s.region or e.region = s.city)
where e.kind = 'holiday' and e.last_day >= from_day and e.first_day < to_day;

-- The kinds of a period's days and of the days that they are compared with: holiday, worked weekend or nothing.
create macro base.day_kinds(from_day, to_day, shift_days) as table
with days as (select cast(unnest(generate_series(cast(from_day as date), cast(to_day as date) - interval 1 day, interval 1 day)) as date) as day)
select days.day, days.day - shift_days as base_day, coalesce(h.kind, '') as kind, coalesce(b.kind, '') as base_kind
from days left join base.holidays h on h.day = days.day left join base.holidays b on b.day = days.day - shift_days;

-- One row per store and day of a period beside the day shift_days before it. state: new or closed (the store was not open through both
-- periods), gap (either day is missing, in part or closed), calendar (one is a holiday or a worked weekend, the other not), pair (fit to
-- compare). The states divide every yuan of the change exactly once.
create or replace macro base.day_pairs(from_day, to_day, shift_days) as table
with now_days as (select * from base.store_days(from_day, to_day)),
old_days as (select * from base.store_days(from_day - shift_days, to_day - shift_days)),
local as (select * from base.local_holidays(from_day - shift_days, to_day))
select s.store_id, k.day, k.base_day,
       case when s.opened_on > from_day - shift_days then 'new'
            when s.closed_on < to_day then 'closed'
            when n.state is distinct from 'full' or o.state is distinct from 'full' then 'gap'
            when if(l.day is null, k.kind, 'holiday') <> if(m.day is null, k.base_kind, 'holiday') then 'calendar'
            else 'pair' end as state
from base.known_stores s
cross join (from base.day_kinds(from_day, to_day, shift_days)) k
left join now_days n on n.store_id = s.store_id and n.day = k.day
left join old_days o on o.store_id = s.store_id and o.day = k.base_day
left join local l on l.store_id = s.store_id and l.day = k.day
left join local m on m.store_id = s.store_id and m.day = k.base_day;
