-- What the analytics room asks again and again: sales per store and day, which days are complete, which days compare.

-- The first and last business day with sales; both null in a book without any.
create view base.sales_span as select min(business_day) as first_day, max(business_day) as last_day from base.daily_sales;

-- One row per store and business day: what it sold and gave back.
create view base.store_day_sales as
select store_id, business_day, cast(sum(orders) as bigint) as orders, cast(sum(amount) as decimal(18,2)) as amount,
       cast(sum(refunds) as decimal(18,2)) as refunds, cast(sum(refund_count) as bigint) as refund_count
from base.daily_sales group by store_id, business_day;

-- One row per store and day on which it should be open: full (its till file is there), closed (a till file spans the day and
-- shows nothing), missing. A store without an opening date is expected from its first sale on; a day with sales always counts.
create macro base.store_days(from_day, to_day) as table
with lives as (
    select s.store_id, coalesce(s.opened_on, b.first_sale, date '2000-01-01') as opens, s.closed_on as closes
    from main.stores s
    left join (select store_id, min(business_day) as first_sale from base.daily_sales group by store_id) b on b.store_id = s.store_id
),
days as (select cast(unnest(generate_series(cast(from_day as date), cast(to_day as date) - interval 1 day, interval 1 day)) as date) as d),
files as (
    select account_no as store_id, file_id, min(day) as first_day, max(day) as last_day from base.coverage where kind = 'till' group by all
),
present as (
    select account_no as store_id, day as d from base.coverage where kind = 'till' and day >= from_day and day < to_day
    union
    select store_id, business_day from base.daily_sales where orders > 0 and business_day >= from_day and business_day < to_day
)
select l.store_id, days.d as day,
       case when p.d is not null then 'full'
            when exists (select 1 from files f where f.store_id = l.store_id and days.d between f.first_day and f.last_day) then 'closed'
            else 'missing' end as state
from lives l
cross join days
left join present p on p.store_id = l.store_id and p.d = days.d
where (days.d >= l.opens and (l.closes is null or days.d < l.closes)) or p.d is not null;

-- One row per store, day and source that is expected: its till, and every wallet or platform account it has on that day.
create macro base.source_days(from_day, to_day) as table
with store_days as (select * from base.store_days(from_day, to_day)),
accounts as (
    select distinct store_id, channel, base.merchant_key(merchant_no) as account_no,
           coalesce(valid_from, date '2000-01-01') as since, valid_to as until
    from main.merchant_accounts
    where store_id is not null and channel not in ('bank', 'cash', 'stored_value', 'coupon', 'other')
),
covered as (
    select distinct channel, base.merchant_key(account_no) as account_no, day
    from base.coverage where kind in ('wallet', 'platform') and day >= from_day and day < to_day
)
select store_id, day, 'till' as source, store_id as account_no, state from store_days
union all
select d.store_id, d.day, a.channel, a.account_no,
       case when c.day is not null then 'full' when d.state = 'closed' then 'closed' else 'missing' end
from store_days d
join accounts a on a.store_id = d.store_id and d.day >= a.since and (a.until is null or d.day < a.until)
left join covered c on c.channel = a.channel and c.account_no = a.account_no and c.day = d.day;

-- One row per store and day of a period beside the day shift_days before it. state: new or closed (the store was not open
-- through both periods), gap (either day is missing or closed), calendar (one is a holiday or a worked weekend, the other not),
-- pair (fit to compare). The states divide every yuan of the change exactly once.
create macro base.day_pairs(from_day, to_day, shift_days) as table
with days as (select cast(unnest(generate_series(cast(from_day as date), cast(to_day as date) - interval 1 day, interval 1 day)) as date) as d),
kinds as (
    select days.d, days.d - shift_days as base_d, coalesce(h.kind, '') as kind, coalesce(b.kind, '') as base_kind
    from days left join base.holidays h on h.day = days.d left join base.holidays b on b.day = days.d - shift_days
),
now_days as (select * from base.store_days(from_day, to_day)),
old_days as (select * from base.store_days(from_day - shift_days, to_day - shift_days))
select s.store_id, k.d as day, k.base_d as base_day,
       case when s.opened_on > from_day - shift_days then 'new'
            when s.closed_on < to_day then 'closed'
            when n.state is distinct from 'full' or o.state is distinct from 'full' then 'gap'
            when k.kind <> k.base_kind then 'calendar'
            else 'pair' end as state
from main.stores s
cross join kinds k
left join now_days n on n.store_id = s.store_id and n.day = k.d
left join old_days o on o.store_id = s.store_id and o.day = k.base_d;

-- The last known balance of every bank account at the end of a day: the statement's own figure, else opening plus movements.
-- Statements print either direction; within one moment the order of the file decides.
create macro base.bank_balances(to_day) as table
with way as (
    select file_id, sheet, arg_max(posted_at, line) >= arg_min(posted_at, line) as ascending from base.bank_lines group by all
),
lines as (
    select b.bank_account, b.posted_at, b.amount, b.balance, if(w.ascending, b.line, -b.line) as place
    from base.bank_lines b join way w on w.file_id = b.file_id and w.sheet is not distinct from b.sheet
    where b.posted_at < cast(to_day as timestamp)
),
opening as (
    select account_no, arg_max(balance, day) as balance, max(day) as day from base.openings
    where kind = 'bank' and account_no is not null and day < to_day group by account_no
)
select coalesce(l.bank_account, o.account_no) as bank_account, max(l.posted_at) as posted_at,
       coalesce(arg_max(l.balance, (l.posted_at, l.place)) filter (where l.balance is not null),
                any_value(o.balance) + coalesce(sum(l.amount) filter (where l.posted_at >= o.day), 0)) as balance
from lines l full join opening o on o.account_no = l.bank_account
group by coalesce(l.bank_account, o.account_no);

-- One row per deposit that settles sales from before the book: it clears the opening balance and no payout of ours.
create view base.earlier_deposits as
select b.bank_line_id, min(y.channel) as channel, any_value(b.posted_at) as posted_at, any_value(b.amount) as amount
from base.bank_lines b
join base.row_states s on s.record_type = 'bank_line' and s.record_id = b.bank_line_id and s.leg = 'bank' and s.state = 'timing'
join base.deposit_payers y on contains(b.counterparty, y.pattern)
where b.amount > 0
group by b.bank_line_id;
