-- Tenders of a table or view under the store they belong to on their day.
create or replace macro base.placed(tenders_of) as table
select t.* replace (coalesce(a.store_id, t.store_code) as store_code), t.store_code as printed_store
from query_table(tenders_of) t
left join (select order_id, business_day from base.orders) o on o.order_id = t.order_id
left join base.store_aliases a on a.code = t.store_code
 and coalesce(o.business_day, cast(t.paid_at as date), date '1900-01-01') >= a.valid_from
 and coalesce(o.business_day, cast(t.paid_at as date), date '1900-01-01') < a.valid_to;
create or replace view base.placed_tenders as from base.placed('base.tenders');

-- The charges of some payments can be asked for without those of all: what the payments of a table or view were charged and
-- by which rate (base.rated), and which rates of acquirers fit what they charge (base.fitting_rates), each by itself.
-- basis: fee (all of it by the contract's rate), commission (the part of the charges that goes by the rate), or nothing
-- where no rate can speak for the row: charges that are not told apart and bank cards, whose debit fees are capped.
create or replace macro base.rated(rows_of) as table
with unanimous as (
    -- a shared number with several contracts still has one rate when all agree
    select channel, base.merchant_key(merchant_no) as merchant, min(fee_rate) as rate from main.merchant_accounts
    group by all having count(distinct fee_rate) = 1 and count(fee_rate) = count(*)
), platforms as (
    select channel from base.coverage where kind = 'platform' union select channel from base.payments where bill_day is not null
    except select channel from base.acquirers
), based as (
    select p.payment_id, p.channel, coalesce(p.merchant_no, f.merchant_no) as merchant_no, l.account_id, l.store_id, l.business_day, p.external_id,
           p.merchant_order_no, p.occurred_at, p.kind, p.amount, p.fee, p.paid_with,
           case
               when p.channel in (select channel from platforms) then case when p.commission is not null then 'commission' end
               when p.paid_with is distinct from 'card' then 'fee'
           end as basis, p.commission
    from query_table(rows_of) p
    join base.payment_links l on l.payment_id = p.payment_id
    left join base.wallet_file_accounts f on f.file_id = p.file_id and f.channel = p.channel
    where p.kind in ('payment', 'refund') and not p.cancelled
)
select b.* exclude (commission), if(b.basis = 'commission', b.commission, b.fee) as charge, coalesce(k.fee_rate, u.rate) as rate
from based b
left join main.merchant_accounts k on k.account_id = b.account_id
left join unanimous u on u.channel = b.channel and u.merchant = base.merchant_key(b.merchant_no);

create or replace view base.acquired_payments as
from base.payments where channel in (select channel from base.acquirers);

-- Ways to pay through an acquirer that its one rate fits: of at least ten sales nine in ten must have been charged by it, or
-- nine in ten of the first hundred. What was charged by it at first and by another rate later is a change to talk about.
create or replace view base.fitting_rates as
with turns as (
    select channel, merchant_no, paid_with, rate, abs(charge - round(amount * rate, 2)) < 0.01 as fits,
           row_number() over (partition by channel, merchant_no, paid_with, rate order by occurred_at, payment_id) as turn
    from base.rated('base.acquired_payments') where basis is not null and kind = 'payment' and rate is not null
)
select channel, merchant_no, paid_with, rate from turns
group by all
having count(*) >= 10 and (count(*) filter (where fits) * 10 >= count(*) * 9
                           or count(*) filter (where fits and turn <= 100) * 10 >= count(*) filter (where turn <= 100) * 9);

-- Where no rate of an acquirer fits there is no basis either.
create or replace view base.charges as
select r.* replace (if(r.channel in (select channel from base.acquirers) and r.rate is not null and f.channel is null, null, r.basis) as basis)
from base.rated('base.payments') r
left join base.fitting_rates f on f.channel = r.channel and f.merchant_no is not distinct from r.merchant_no
    and f.paid_with is not distinct from r.paid_with and f.rate = r.rate;
