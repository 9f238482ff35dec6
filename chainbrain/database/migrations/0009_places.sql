-- Where a row belongs, in a person's words: a merchant number, terminal or printed store name is a store's, a till's store
-- number is a store's (another number of a known store, or a new store with its name). Append-only and dated; a word that
-- was taken back leaves its row and no longer counts. Facts keep the numbers their files print.
create sequence base.placement_seq;
create table base.placements (
    placement_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null,
    kind varchar not null,              -- account: channel and merchant_no, terminal_no, store_hint where they matter; store: code
    channel varchar, merchant_no varchar, terminal_no varchar, store_hint varchar, code varchar,
    store_code varchar not null, name varchar, city varchar, valid_from date, valid_to date
);

-- The words that stand.
create view base.standing_placements as
select p.*, base.merchant_key(p.merchant_no) as merchant from base.placements p join base.history h on h.entry_id = p.entry_id
where h.undone_by is null;

-- One row per stretch of days in which a store number of a till is another store's; stretches of a number never overlap.
create view base.store_aliases as
with words as (
    select code, store_code as store_id, coalesce(valid_from, date '1900-01-01') as valid_from, coalesce(valid_to, date '9999-12-31') as valid_to,
           placement_id
    from base.standing_placements where kind = 'store'
), latest as (
    select * from words qualify row_number() over (partition by code, valid_from order by placement_id desc) = 1
), ordered as (
    select code, store_id, valid_from, least(valid_to, coalesce(lead(valid_from) over (partition by code order by valid_from), date '9999-12-31')) as valid_to
    from latest
)
from ordered where code <> store_id;

-- Facts of stores under the store they belong to on their day.
create view base.placed_orders as
select o.* replace (coalesce(a.store_id, o.store_code) as store_code), o.store_code as printed_store
from base.orders o left join base.store_aliases a on a.code = o.store_code and o.business_day >= a.valid_from and o.business_day < a.valid_to;
create view base.placed_tenders as
select t.* replace (coalesce(a.store_id, t.store_code) as store_code), t.store_code as printed_store
from base.tenders t
left join (select order_id, business_day from base.orders) o on o.order_id = t.order_id
left join base.store_aliases a on a.code = t.store_code
 and coalesce(o.business_day, cast(t.paid_at as date), date '1900-01-01') >= a.valid_from
 and coalesce(o.business_day, cast(t.paid_at as date), date '1900-01-01') < a.valid_to;
create view base.placed_cash_counts as
select c.* replace (coalesce(a.store_id, c.store_code) as store_code)
from base.cash_counts c left join base.store_aliases a on a.code = c.store_code and c.business_day >= a.valid_from and c.business_day < a.valid_to;
create view base.placed_stored_value_lines as
select l.* replace (coalesce(a.store_id, l.store_code) as store_code)
from base.stored_value_lines l
left join base.store_aliases a on a.code = l.store_code and cast(l.occurred_at as date) >= a.valid_from and cast(l.occurred_at as date) < a.valid_to;

-- A file of which rows were left out does not vouch for the whole day: nothing may be called missing there.
alter table base.coverage add column whole boolean default true;
-- Rows that were folded into another row's record: products and charges of one order.
alter table base.source_files add column folded_rows bigint default 0;

-- What the files vouch for, under the store it belongs to.
create view base.placed_coverage as
select c.* replace (case when c.kind = 'till' then coalesce(a.store_id, c.account_no) else c.account_no end as account_no)
from base.coverage c left join base.store_aliases a on c.kind = 'till' and a.code = c.account_no and c.day >= a.valid_from and c.day < a.valid_to;

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
       coalesce(l.day_cutoff, time '00:00:00') as day_cutoff, l.area_m2, l.monthly_rent, l.latitude, l.longitude, l.datum, true as registered
from latest l
union all
select n.code, n.code, n.name, n.city, null, null, null, null, time '00:00:00', null, null, null, null, null, true from named n
union all
select o.code, o.code, null, null, null, null, null, null, time '00:00:00', null, null, null, null, null, false
from (select distinct store_code as code from base.placed_orders union select distinct store_code from base.placed_tenders) o
where o.code not in (select code from base.stores) and o.code not in (select code from named);

-- A merchant number without a contract on record is known by a person's word alone: its store, and nothing else.
create or replace view main.merchant_accounts as
with contracts as (
    select * from base.accounts
    qualify row_number() over (partition by account_id order by entry_id desc, line desc, coalesce(sheet, '') desc, row_id desc) = 1
)
select account_id, channel, merchant_no, terminal_no, store_code as store_id, legal_entity, fee_rate, settlement_rule,
       coalesce(settlement_cutoff, time '24:00:00') as settlement_cutoff, bank_account, valid_from, valid_to
from contracts
union all
select cast(md5(concat_ws(chr(31), 'placement', p.channel, p.merchant, p.terminal_no, p.valid_from)) as uuid), p.channel, p.merchant_no, p.terminal_no,
       p.store_code, null, null, null, time '24:00:00', null, p.valid_from, p.valid_to
from base.standing_placements p
where p.kind = 'account' and p.store_hint is null
  and not exists (
      select 1 from contracts c where c.channel = p.channel and base.merchant_key(c.merchant_no) = p.merchant and c.terminal_no is not distinct from p.terminal_no
  )
qualify row_number() over (partition by p.channel, p.merchant, p.terminal_no, p.valid_from order by p.placement_id desc) = 1;

create or replace view main.orders as
select order_id, store_code as store_id, order_no, channel, ordered_at, business_day, list_amount, amount, status, file_id, line, sheet, status_text, printed_store
from base.placed_orders;

create or replace view main.tenders as
select tender_id, order_id, method, amount, paid_at, reference, merchant_no, file_id, line, store_code as store_id, order_no, method_text, is_refund, sheet,
       printed_store
from base.placed_tenders;

-- full: a whole file is there; part: rows of its files were left out; closed: a till file spans the day and shows nothing.
create or replace macro base.store_days(from_day, to_day) as table
with lives as (
    select s.store_id, coalesce(s.opened_on, b.first_sale, date '2000-01-01') as opens, s.closed_on as closes
    from main.stores s
    left join (select store_id, min(business_day) as first_sale from base.daily_sales group by store_id) b on b.store_id = s.store_id
),
days as (select cast(unnest(generate_series(cast(from_day as date), cast(to_day as date) - interval 1 day, interval 1 day)) as date) as d),
till as (select account_no as store_id, file_id, day, whole from base.placed_coverage where kind = 'till'),
files as (select store_id, file_id, min(day) as first_day, max(day) as last_day from till group by all),
present as (
    select store_id, d, bool_or(whole) as whole
    from (
        select store_id, day as d, whole from till where day >= from_day and day < to_day
        union all
        select store_id, business_day, null from base.daily_sales where orders > 0 and business_day >= from_day and business_day < to_day
    )
    group by all
)
select l.store_id, days.d as day,
       case when p.d is not null then if(coalesce(p.whole, true), 'full', 'part')
            when exists (select 1 from files f where f.store_id = l.store_id and days.d between f.first_day and f.last_day) then 'closed'
            else 'missing' end as state
from lives l
cross join days
left join present p on p.store_id = l.store_id and p.d = days.d
where (days.d >= l.opens and (l.closes is null or days.d < l.closes)) or p.d is not null;

create or replace macro base.source_days(from_day, to_day) as table
with store_days as (select * from base.store_days(from_day, to_day)),
accounts as (
    select distinct store_id, channel, base.merchant_key(merchant_no) as account_no,
           coalesce(valid_from, date '2000-01-01') as since, valid_to as until
    from main.merchant_accounts
    where store_id is not null and channel not in ('bank', 'cash', 'stored_value', 'coupon', 'other')
),
covered as (
    select channel, base.merchant_key(account_no) as account_no, day, bool_or(whole) as whole
    from base.coverage where kind in ('wallet', 'platform') and day >= from_day and day < to_day group by all
)
select store_id, day, 'till' as source, store_id as account_no, state from store_days
union all
select d.store_id, d.day, a.channel, a.account_no,
       case when c.day is not null then if(c.whole, 'full', 'part') when d.state = 'closed' then 'closed' else 'missing' end
from store_days d
join accounts a on a.store_id = d.store_id and d.day >= a.since and (a.until is null or d.day < a.until)
left join covered c on c.channel = a.channel and c.account_no = a.account_no and c.day = d.day;
