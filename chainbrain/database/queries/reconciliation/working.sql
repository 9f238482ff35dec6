-- The working set of one reconciliation: what people decided, calendar, coverage, tenders and payments in one shape.

-- The last word on each difference and match; decisions that were taken back do not count.
create or replace temp table r_decisions as
select d.subject_type, d.subject_id, d.verdict, d.note
from base.decisions d left join base.history h on h.entry_id = d.entry_id
where h.undone_by is null
qualify row_number() over (partition by d.subject_type, d.subject_id order by d.decision_id desc) = 1;

create or replace temp table r_rejected as
select subject_id as match_id from r_decisions where subject_type = 'match' and verdict = 'reject';

-- Pairs of tender and payment that a person said do not belong together.
create or replace temp table r_barred as
select t.record_id as tender_id, p.record_id as payment_id
from r_rejected r
join base.match_members t on t.match_id = r.match_id and t.record_type = 'tender'
join base.match_members p on p.match_id = r.match_id and p.record_type = 'payment';

-- Contracts in comparable form.
create or replace temp table r_contracts as
select account_id, channel, base.merchant_key(merchant_no) as merchant, terminal_no, store_id as store, fee_rate,
       base.account_key(bank_account) as bank_account, coalesce(valid_from, date '1900-01-01') as valid_from,
       coalesce(valid_to, date '9999-12-31') as valid_to
from main.merchant_accounts;

-- Complete days, no row left out. Trade: a wallet's trade bill or a platform's bill. Till: only where its tenders came too.
-- printed: told by a bill that names its merchant, not by a ledger that was given its owner.
create or replace temp table r_trade_days as
select c.channel, base.merchant_key(c.account_no) as merchant, c.day, bool_or(c.printed_account = c.account_no) as printed
from base.placed_coverage c
where c.kind in ('wallet', 'platform') and c.whole
group by all;

create or replace temp table r_platforms as
select distinct channel from base.coverage where kind = 'platform' union select distinct channel from base.payments where bill_day is not null;

create or replace temp table r_ledger_days as
select distinct coalesce(c.channel, w.channel) as channel, base.merchant_key(coalesce(w.merchant_no, c.account_no)) as merchant, c.day
from base.coverage c left join base.wallet_file_accounts w on w.file_id = c.file_id and w.channel = coalesce(c.channel, w.channel)
where c.kind = 'ledger' and c.whole;

-- days of one stretch follow each other without a gap
create or replace temp table r_bank_days as
select bank_account, day, day - cast(row_number() over (partition by bank_account order by day) as integer) as stretch
from (select distinct base.account_key(account_no) as bank_account, day from base.coverage where kind = 'bank' and whole);

create or replace temp table r_cutoffs as
select store_id as store, to_seconds(epoch(day_cutoff)) as cutoff from r_stores;

-- A till that only says "scanned" or "other": the number tells the channel, when only one channel knows it. A till that says
-- with which wallet the guest paid may mean the row of the aggregator that stands between, when that alone knows the number.
-- The side that is short is written down first, or each would be laid beside all rows of the other.
create or replace temp table r_scanned as
select tender_id, unnest([reference, order_no]) as id from r_tenders_in_scope where method = 'other';
create or replace temp table r_unnamed as
select t.tender_id, min(p.channel) as channel
from r_scanned t
join (
    select channel, external_id as id from base.payments where external_id is not null
    union all select channel, merchant_order_no from base.payments where merchant_order_no is not null
) p on p.id = t.id
group by t.tender_id
having count(distinct p.channel) = 1;
create or replace temp table r_between as
select channel, external_id as id, paid_with from base.payments where channel in (select channel from base.acquirers) and external_id is not null
union all
select channel, merchant_order_no, paid_with from base.payments
where channel in (select channel from base.acquirers) and merchant_order_no is not null;
insert into r_unnamed
select t.tender_id, min(p.channel)
from (select tender_id, method, unnest(list_distinct([reference, order_no])) as id from r_tenders_in_scope where method in ('wechat', 'alipay', 'unionpay', 'card')) t
join r_between p on p.id = t.id and p.channel <> t.method and (p.paid_with is null or p.paid_with = t.method)
where not exists (
    select 1 from base.payments w where w.channel = t.method and (w.external_id = t.id or w.merchant_order_no = t.id)
)
group by t.tender_id
having count(distinct p.channel) = 1;

create or replace temp table r_merchants as
select distinct channel, merchant_no, base.merchant_key(merchant_no) as merchant
from (
    from r_billed_numbers
    union select channel, merchant_no from base.accounts
    union select channel, merchant_no from base.wallet_file_accounts
);

-- Tenders. A refund belongs to the day on which it was given back, a sale to the day the till says. A merchant number
-- that nobody knows says nothing. Which store a till's word means is told as in base.placed, with the order that is at hand.
create or replace temp table r_tenders as
with known as (select distinct channel, merchant from r_merchants)
select t.tender_id, t.order_id, coalesce(a.store_id, t.store_code) as store, t.order_no, coalesce(u.channel, t.method) as channel, t.method, t.amount, t.file_id, t.line,
       t.is_refund or t.amount < 0 as refund,
       coalesce(t.paid_at, o.ordered_at, o.business_day + interval 12 hour) as moment,
       coalesce(case when (t.is_refund or t.amount < 0) then cast(t.paid_at - c.cutoff as date) end, o.business_day,
                cast(t.paid_at - c.cutoff as date)) as day,
       t.paid_at is not null as timed, m.merchant, nullif(trim(t.reference), '') as reference,
       coalesce(o.status = 'cancelled', false) as cancelled, c.cutoff
from r_tenders_in_scope t
left join r_orders_in_scope o on o.order_id = t.order_id
left join base.store_aliases a
  on a.code = t.store_code and coalesce(o.business_day, cast(t.paid_at as date), date '1900-01-01') >= a.valid_from
 and coalesce(o.business_day, cast(t.paid_at as date), date '1900-01-01') < a.valid_to
left join r_cutoffs c on c.store = coalesce(a.store_id, t.store_code)
left join r_unnamed u on u.tender_id = t.tender_id
left join known m on m.channel = coalesce(u.channel, t.method) and m.merchant = base.merchant_key(t.merchant_no);

-- The tenders that a wallet or a platform must confirm.
create or replace temp view r_due as
from r_tenders where method not in ('cash', 'stored_value', 'coupon') and amount <> 0;

-- Days of which a row of a list of payments was left out and has not come otherwise. Such a list has no orders, so that nothing but
-- what is left of its rows says what it lacks: the order and the moment, or, where they cannot be read, any of its days.
create or replace temp table r_holed_days as
with broken as (
    select file_id, from_json(said, '[["VARCHAR"]]') as said from base.left_out_rows
    where state = 'broken' and code <> 'tender_failed' and file_id not in (select file_id from base.coverage where kind = 'till')
), lists as (
    select distinct file_id, store_code as code, cast(paid_at as date) as day from base.tenders where file_id in (select file_id from broken)
), lacking as (
    select file_id, list_filter(said, lambda x: x[1] = 'number')[1][3] as order_no, try_cast(list_filter(said, lambda x: x[1] = 'moment')[1][3] as timestamp) as moment,
           try_cast(replace(list_filter(said, lambda x: x[1] = 'amount')[1][3], ',', '') as decimal(18,2)) as amount
    from broken where file_id in (select file_id from lists)
), open as (
    select l.*, o.business_day from lacking l left join base.orders o on o.order_no = l.order_no
    where not exists (select 1 from base.tenders t where t.order_no = l.order_no and abs(t.amount) = abs(l.amount))
), holed as (
    select s.code, case when o.moment is null then s.day else o.business_day end as day from open o join lists s on s.file_id = o.file_id
    union
    select s.code, cast(o.moment - coalesce(c.cutoff, interval 0 hour) as date)
    from open o join lists s on s.file_id = o.file_id left join r_cutoffs c on c.store = s.code where o.moment is not null
)
select distinct coalesce(a.store_id, h.code) as store, h.day
from holed h left join base.store_aliases a on a.code = h.code and h.day >= a.valid_from and h.day < a.valid_to
where h.day is not null;
create or replace temp table r_till_days as
select store, day from (
    select c.account_no as store, c.day from base.placed_coverage c
    where c.kind = 'till' and c.whole and (c.account_no, c.day) in (select store, day from r_tenders)
    union select store, day from base.reconciled_till_days where not whole_run()
)
where (store, day) not in (from r_holed_days);

-- Payments. An order that a platform billed twice counts once at the till: with its latest bill.
create or replace temp table r_payments as
select p.payment_id, p.channel, m.merchant, m.merchant_no, p.paid_with, l.store_id as store, l.business_day as day,
       l.account_id, l.settlement_id, p.external_id, p.merchant_order_no, p.refund_id, p.merchant_refund_no, p.occurred_at, p.kind,
       p.kind <> 'payment' as refund, p.amount, p.order_amount, p.fee, p.commission, p.payer_hash, p.cancelled, p.bill_day, p.file_id,
       p.payment_id in (
           select payment_id from r_payments_in_scope where kind = 'payment' and bill_day is not null and not cancelled
           qualify row_number() over (partition by channel, merchant_no, external_id order by bill_day desc, amount desc, payment_id) > 1
       ) as superseded
from r_payments_in_scope p
join r_links_in_scope l on l.payment_id = p.payment_id
left join base.wallet_file_accounts f on f.file_id = p.file_id and f.channel = p.channel
join r_merchants m on m.channel = p.channel and m.merchant_no is not distinct from coalesce(p.merchant_no, f.merchant_no);

-- Those that a till must know.
create or replace temp view r_claims as
from r_payments where kind in ('payment', 'refund', 'chargeback') and not cancelled and not superseded;

-- Acquirers that print in the row of a refund the number of the refund alone: the sale that it names by the channel's number says which
-- order of the till is given back.
create or replace temp table r_refunded as
with refunds as (
    select payment_id, channel, merchant_no, external_id from r_claims where refund and external_id is not null and merchant_order_no = merchant_refund_no
)
select r.payment_id, min(s.merchant_order_no) as merchant_order_no
from refunds r join base.payments s on s.channel = r.channel and s.external_id = r.external_id and s.merchant_no is not distinct from r.merchant_no
where s.kind = 'payment' and s.merchant_order_no is not null
group by r.payment_id having count(distinct s.merchant_order_no) = 1;

create or replace temp table r_pairs (tender_id uuid, payment_id uuid, stage varchar);
create or replace temp table r_done (tender_id uuid, payment_id uuid, stage varchar);
-- Of these, those that r_rest_due and r_rest_claims still show.
create or replace temp table r_lately (tender_id uuid, payment_id uuid);
-- Numbers of rows out of scope that were still without a partner when this stage came (pair_kept.sql).
create or replace temp table r_kept_numbers (side varchar, channel varchar, scope varchar, id varchar, day date);

-- Every difference found, with the rows it stands on.
create or replace temp table r_differences (
    difference_id uuid, code varchar, state varchar, store_id varchar, business_day date, due_on date, amount decimal(18,5),
    record_type varchar, record_id uuid, channel varchar, cause varchar, note varchar default null
);
-- Which rows a difference moves out of "matched", and at which leg.
create or replace temp table r_flags (difference_id uuid, record_type varchar, record_id uuid, leg varchar, state varchar);
