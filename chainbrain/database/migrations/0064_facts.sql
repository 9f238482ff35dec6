-- Daily facts, so that no screen reads single receipts: each table holds what the view <name>_of_rows says of the rows, always.
-- They are kept by chainbrain/facts.py within the transaction that moves the rows.

-- One row per store number and day on which a till names it: orders by their business day, tenders by the day they were paid.
create table base.seen_store_days (store_id varchar not null, day date not null);
create view base.seen_store_days_of_rows as
select distinct store_code as store_id, business_day as day from base.placed_orders
union
select distinct store_code, coalesce(cast(paid_at as date), date '1900-01-01') from base.tenders
where store_code not in (select code from base.store_aliases)
union
select distinct store_code, coalesce(cast(paid_at as date), date '1900-01-01') from base.placed_tenders
where printed_store in (select code from base.store_aliases);

-- One row per store and business day: what it sold and gave back.
create view base.store_day_sales_of_rows as
select store_id, business_day, cast(sum(orders) as bigint) as orders, cast(sum(amount) as decimal(18,2)) as amount,
       cast(sum(refunds) as decimal(18,2)) as refunds, cast(sum(refund_count) as bigint) as refund_count
from base.daily_sales group by store_id, business_day;
drop view base.store_day_sales;
create table base.store_day_sales (
    store_id varchar not null, business_day date not null, orders bigint not null, amount decimal(18,2) not null, refunds decimal(18,2) not null,
    refund_count bigint not null
);

-- One row per store, business day and means of payment: what the tills took with it, refunds apart and by the day of the sale.
create table base.daily_methods (
    store_id varchar not null, business_day date not null, method varchar not null, amount decimal(18,2) not null, tenders bigint not null,
    refunds decimal(18,2) not null
);
create view base.daily_methods_of_rows as
select o.store_code as store_id, o.business_day, t.method, cast(coalesce(sum(t.amount) filter (where not t.is_refund), 0) as decimal(18,2)) as amount,
       count(*) filter (where not t.is_refund) as tenders, cast(coalesce(-sum(t.amount) filter (where t.is_refund), 0) as decimal(18,2)) as refunds
from base.tenders t join base.placed_orders o on o.order_id = t.order_id
where o.status not in ('cancelled', 'open') and o.channel is distinct from 'stored_value'
group by o.store_code, o.business_day, t.method;

-- One row per store, day and channel: what wallets and platforms took (refunds deducted) and charged for it, each receipt once. The store
-- is null where it is not known.
create table base.daily_takings (
    store_id varchar, business_day date not null, channel varchar not null, fees decimal(18,5) not null, takings decimal(18,2) not null
);
create view base.daily_takings_of_rows as
select l.store_id, coalesce(l.business_day, cast(p.occurred_at as date)) as business_day, p.channel, cast(sum(p.fee) as decimal(18,5)) as fees,
       cast(sum(p.amount) as decimal(18,2)) as takings
from base.payments p left join base.payment_links l on l.payment_id = p.payment_id
where not p.cancelled and p.kind in ('payment', 'refund') and p.payment_id not in (from base.bridged_payments)
group by all;

-- The movements of money on its way (base.arrival_flows) by merchant number and day.
create table base.daily_flows (
    channel varchar, merchant varchar, day date, part varchar not null, standing varchar, amount decimal(18,5) not null
);
create view base.daily_flows_of_rows as
select channel, merchant, day, part, standing, cast(sum(amount) as decimal(18,5)) as amount from base.arrival_flows group by all;

-- Payouts and withdrawals that are on their way as agreed: on how many days of which channels they are due.
create table base.due_money (channel varchar not null, due_on date, rows bigint not null);
create view base.due_money_of_rows as
select channel, due_on, count(*) as rows
from (
    select s.channel, r.due_on from base.row_states r join base.settlements s on s.settlement_id = r.record_id
    where r.record_type = 'settlement' and r.state = 'timing' and r.leg = 'bank'
    union all
    select w.channel, r.due_on from base.row_states r join base.wallet_lines w on w.wallet_line_id = r.record_id
    where r.record_type = 'wallet_line' and r.state = 'timing' and r.leg = 'bank'
)
group by all;

-- Channels whose money on its way is told by a ledger, or by payouts beside payments, and the first moment of it.
create table base.told_channels (channel varchar not null, since timestamp not null);
create view base.told_channels_of_rows as
select channel, min(since) as since
from (
    select channel, min(occurred_at) as since from base.wallet_lines
    where kind not in ('purchase', 'purchase_refund', 'internal', 'closed') group by channel
    union all
    select channel, min(occurred_at) from base.payments where not cancelled and channel in (select channel from base.settlements) group by channel
)
group by channel;

-- What was charged on the payment that a difference of fees (D07, D12) speaks of, and by which contract.
create table base.difference_charges (
    difference_id uuid not null, charged decimal(18,5) not null, commission decimal(18,5), charged_on decimal(18,2) not null, account_id uuid
);
create view base.difference_charges_of_rows as
select d.difference_id, p.fee as charged, p.commission, p.amount as charged_on, l.account_id
from base.differences d
join base.payments p on p.payment_id = d.record_id
left join base.payment_links l on l.payment_id = p.payment_id
where d.code in ('D07', 'D12') and d.record_type = 'payment';

-- One row per store and day that a till file spans: covered when a file has the day itself, whole when nothing of it was left out.
create table base.till_days (store_id varchar not null, day date not null, covered boolean not null, whole boolean);
create view base.till_days_of_rows as
with till as (select account_no as store_id, file_id, day, whole from base.placed_coverage where kind = 'till'),
spans as (select distinct store_id, min(day) as first_day, max(day) as last_day from till group by store_id, file_id)
select store_id, day, bool_or(covered) as covered, bool_or(whole) as whole
from (
    select store_id, day, true as covered, whole from till
    union all
    select store_id, cast(unnest(generate_series(cast(first_day as timestamp), cast(last_day as timestamp), interval 1 day)) as date), false, null from spans
)
group by store_id, day;

-- One row per account of a wallet or platform and day that its bills have.
create table base.account_days (channel varchar, account_no varchar, day date not null, whole boolean);
create view base.account_days_of_rows as
select channel, base.merchant_key(account_no) as account_no, day, bool_or(whole) as whole
from base.placed_coverage where kind in ('wallet', 'platform') group by all;

create or replace view main.stores as
with latest as (
    select * from base.stores
    qualify row_number() over (partition by code order by entry_id desc, line desc, coalesce(sheet, '') desc, row_id desc) = 1
), named as (
    select store_code as code, name, city from base.standing_placements
    where kind = 'store' and store_code not in (select code from base.stores) and name is not null
    qualify row_number() over (partition by store_code order by placement_id desc) = 1
)
select l.code as store_id, l.code, l.name, l.city, l.region, l.ownership, l.opened_on, l.closed_on,
       coalesce(l.day_cutoff, time '00:00:00') as day_cutoff, l.area_m2, l.monthly_rent, l.latitude, l.longitude, l.datum, true as registered, l.taxpayer
from latest l
union all
select n.code, n.code, n.name, n.city, null, null, null, null, time '00:00:00', null, null, null, null, null, true, null from named n
union all
select o.code, o.code, null, null, null, null, null, null, time '00:00:00', null, null, null, null, null, false, null
from (select distinct store_id as code from base.seen_store_days) o
where o.code not in (select code from base.stores) and o.code not in (select code from named);

create or replace macro base.store_days(from_day, to_day) as table
with lives as (
    select s.store_id, coalesce(s.opened_on, b.first_sale, date '2000-01-01') as opens, s.closed_on as closes
    from main.stores s
    left join (select store_id, min(business_day) as first_sale from base.store_day_sales group by store_id) b on b.store_id = s.store_id
),
days as (select cast(unnest(generate_series(cast(from_day as date), cast(to_day as date) - interval 1 day, interval 1 day)) as date) as d)
select l.store_id, days.d as day,
       case when t.covered or p.store_id is not null then if(coalesce(t.whole, true), 'full', 'part')
            when t.store_id is not null then 'closed'
            else 'missing' end as state
from lives l
cross join days
left join (from base.till_days where day >= from_day and day < to_day) t on t.store_id = l.store_id and t.day = days.d
left join (
    select store_id, business_day from base.store_day_sales where orders > 0 and business_day >= from_day and business_day < to_day
) p on p.store_id = l.store_id and p.business_day = days.d
where (days.d >= l.opens and (l.closes is null or days.d < l.closes)) or coalesce(t.covered, false) or p.store_id is not null;

create or replace macro base.source_days(from_day, to_day) as table
with store_days as (select * from base.store_days(from_day, to_day)),
accounts as (
    select distinct store_id, channel, base.merchant_key(merchant_no) as account_no,
           coalesce(valid_from, date '2000-01-01') as since, valid_to as until
    from main.merchant_accounts
    where store_id is not null and channel not in ('bank', 'cash', 'stored_value', 'coupon', 'other')
),
covered as (select * from base.account_days where day >= from_day and day < to_day)
select store_id, day, 'till' as source, store_id as account_no, state from store_days
union all
select d.store_id, d.day, a.channel, a.account_no,
       case when c.day is not null then if(c.whole, 'full', 'part') when d.state = 'closed' then 'closed' else 'missing' end
from store_days d
join accounts a on a.store_id = d.store_id and d.day >= a.since and (a.until is null or d.day < a.until)
left join covered c on c.channel = a.channel and c.account_no = a.account_no and c.day = d.day;
