-- Which unexplained deposits of a channel may be money that a file still to come tells of: r_waiting, one row per deposit.

-- The merchants behind each account, from the first to the last day that a bill or ledger of theirs is there.
create or replace temp table r_source_days as
select channel, merchant, day from r_ledger_days
union
select channel, merchant, day from r_trade_days
where channel in (select channel from r_platforms) or (channel, merchant) in (select channel, merchant from base.payout_habits);
create or replace temp table r_sources as
select k.bank_account, k.channel, k.merchant, k.valid_from, k.valid_to, min(s.day) as first, max(s.day) as last,
       k.channel in (select channel from r_platforms) or (k.channel, k.merchant) in (select channel, merchant from base.payout_habits) as platform
from r_contracts k left join r_source_days s on s.channel = k.channel and s.merchant = k.merchant
where k.bank_account is not null and k.merchant is not null
group by k.bank_account, k.channel, k.merchant, k.valid_from, k.valid_to;

-- Days between these of which nothing is there (missing is not zero), and those right after them, unless the tills of all its
-- stores tell of the day and took nothing through the channel, which they know otherwise.
create or replace temp table r_gap_days as
select s.bank_account, s.channel, s.merchant, s.day
from (
    select s.bank_account, s.channel, s.merchant, cast(unnest(range(
               cast(greatest(s.first, s.valid_from) as timestamp), cast(least(if(h.merchant is null, s.last, s.last + 4), s.valid_to) as timestamp), interval 1 day
           )) as date) as day
    from r_sources s left join base.payout_habits h on h.channel = s.channel and h.merchant = s.merchant
    where s.first is not null
) s anti join r_source_days d on d.channel = s.channel and d.merchant = s.merchant and d.day = s.day;
create or replace temp table r_gap_stores as
select distinct k.store from r_contracts k join r_gap_days g on g.channel = k.channel and g.merchant = k.merchant where k.store is not null;
-- What the tills tell of these days decides about deposits (bank_rests.sql).
insert into r_facts
select distinct 'gap_day', concat_ws(chr(31), k.store, cast(g.day as varchar)), 0, 0
from r_contracts k join r_gap_days g on g.channel = k.channel and g.merchant = k.merchant where k.store is not null;
create or replace temp view r_tenders_near_gaps as
from base.tenders
where store_code in (from r_gap_stores union all select code from base.store_aliases where store_id in (from r_gap_stores));
create or replace temp table r_gap_tenders as
select distinct store_code, method, cast(paid_at as date) as day from base.placed('r_tenders_near_gaps')
where store_code in (from r_gap_stores);
delete from r_gap_days g
where exists (
    select 1 from (
        select g.channel, g.merchant, g.day, bool_and(t.store_id is not null and k.store in (select store_code from r_gap_tenders where method = g.channel)
               and not exists (
                   select 1 from r_gap_tenders p where p.store_code = k.store and p.day = g.day and p.method in (g.channel, 'other')
               )) as nothing_sold
        from r_gap_days g
        join r_contracts k on k.channel = g.channel and k.merchant = g.merchant and g.day >= k.valid_from and g.day < k.valid_to
        left join base.till_days_of_rows t on t.store_id = k.store and t.day = g.day and coalesce(t.whole, true)
        group by g.channel, g.merchant, g.day
    ) q where q.nothing_sold and q.channel = g.channel and q.merchant = g.merchant and q.day = g.day
);
-- When the money of such a day would come: as its habit says, for a platform within four working days, from a ledger at once.
-- So would that of a payout of which only a part of the days is there; one that is drawn by hand comes whenever it is drawn.
create or replace temp table r_gap_arrivals as
with lags as (select bank_account, channel, cast(max(lag) as integer) as late from r_lags group by all)
select g.bank_account, g.channel, g.merchant, coalesce(d.day, g.day) as first,
       case when h.merchant is not null then coalesce(d.day, g.day) + coalesce(l.late, 0) else z.day end as last
from r_gap_days g
left join base.payout_habits h on h.channel = g.channel and h.merchant = g.merchant
left join lags l on l.bank_account = g.bank_account and l.channel = g.channel
join a_days a on a.day = g.day
left join a_days d on h.merchant is not null
 and case left(h.rule, 1) when 'D' then d.day = g.day + cast(substr(h.rule, 2) as integer) else d.works and d.work_no = a.work_no + cast(substr(h.rule, 2) as integer) end
left join a_days z on z.works and z.work_no = a.work_no + case when g.channel in (select channel from r_platforms) then 4 else 1 end
union all
select e.bank_account, e.channel, e.merchant, coalesce(e.expected_on, e.day), coalesce(e.expected_on, e.day) + coalesce(l.late, 0)
from r_expected e left join lags l on l.bank_account = e.bank_account and l.channel = e.channel
where not e.whole and e.record_id not in (select record_id from r_arrived)
union all
select e.bank_account, e.channel, e.merchant, min(e.day), date '9999-12-31'
from r_expected e join r_paid_together t on t.channel = e.channel and t.merchant = e.merchant
where t.least is null and e.turn is not null and e.record_id not in (select record_id from r_arrived) group by all;

-- Where the book has neither bill nor ledger around the day, a channel's deposit waits for the file: the files of the
-- merchant it names, or else of every merchant that pays into the account. A payout settles bills of some days before.
create or replace temp table r_waiting as
with asked as (
    select d.bank_line_id, d.day, s.*, exists (
               select 1 from a_deposit_numbers n where n.bank_line_id = d.bank_line_id and n.number = s.merchant
           ) as named
    from a_deposits d join r_sources s on s.bank_account = d.bank_account and s.channel = d.payer
    where d.bank_line_id not in (select bank_line_id from r_arrived) and d.day >= s.valid_from and d.day < s.valid_to
), relevant as (
    select * from asked qualify named or not bool_or(named) over (partition by bank_line_id)
), gaps as (
    select distinct r.bank_line_id
    from relevant r
    join r_gap_arrivals g on g.bank_account = r.bank_account and g.channel = r.channel and g.merchant = r.merchant and r.day between g.first and g.last
)
select r.bank_line_id,
       bool_or(r.first is null or r.day < r.first or r.day > r.last + case when platform then 3 else 0 end
               or z.work_no <= a.work_no + case when platform then 4 else 0 end and r.channel not in (
                   select coalesce(channel, account_no) from base.openings where kind = 'in_transit'
               )) or r.bank_line_id in (from gaps) as waiting
from relevant r
left join a_days a on a.day = r.first
left join a_days z on z.day = r.day
group by r.bank_line_id;
