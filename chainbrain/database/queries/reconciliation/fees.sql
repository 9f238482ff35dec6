-- Fees against the contract: payments half up to the cent; a full refund gives back the fee of its sale; a partial one its
-- share: by the rate, of the sale's fee, or what the parts so far give together (the last one the rest); of a sale that the
-- book does not know it may be a cent off. A merchant number that never gives fees back has that in its contract and is no difference.

-- Once more: only now every payment has its contract.
create or replace temp table r_fitting as from base.fitting_rates;
-- Every row that bears a charge, with the contract's rate; as base.rated tells it, of the payments already at hand.
create or replace temp view r_charges as
with unanimous as (
    select channel, merchant, min(fee_rate) as rate from r_contracts
    group by all having count(distinct fee_rate) = 1 and count(fee_rate) = count(*)
), based as (
    select p.payment_id, p.channel, p.merchant, p.merchant_no, p.account_id, p.store, p.day, p.occurred_at, p.external_id, p.kind, p.refund, p.amount, p.paid_with, p.file_id,
           case
               when p.channel in (select channel from r_platforms) and p.channel not in (select channel from base.acquirers) then if(p.commission is not null, 'commission', null)
               when p.paid_with is distinct from 'card' then 'fee'
           end as basis, p.commission, p.fee
    from r_payments p
    where p.kind in ('payment', 'refund') and not p.cancelled
)
select b.payment_id, b.channel, b.merchant, b.store, b.day, b.occurred_at, b.external_id, b.kind, b.refund, b.amount, if(b.basis = 'commission', b.commission, b.fee) as charge,
       if(b.channel in (select channel from base.acquirers) and coalesce(k.fee_rate, u.rate) is not null and f.channel is null, null, b.basis) as basis,
       coalesce(k.fee_rate, u.rate) as rate, b.paid_with, b.file_id
from based b
left join r_contracts k on k.account_id = b.account_id
left join unanimous u on u.channel = b.channel and u.merchant = b.merchant
left join r_fitting f on f.channel = b.channel and f.merchant_no is not distinct from b.merchant_no
    and f.paid_with is not distinct from b.paid_with and f.rate = coalesce(k.fee_rate, u.rate);

-- Bills that print fees in fractions of a fen: there nothing is rounded before the deposit.
insert into r_facts
with counted as (
    select channel, merchant, count(*) filter (where charge <> round(charge, 2)) as part, count(*) as whole
    from r_charges where charge <> 0 and is_new(file_id) group by channel, merchant
)
select 'fine', concat_ws(chr(31), channel, coalesce(merchant, '')), part, whole from counted;
create or replace temp table r_fine as
select split_part(key, chr(31), 1) as channel, nullif(split_part(key, chr(31), 2), '') as merchant
from (from r_facts union all from r_before) where kind = 'fine' group by key having sum(part) * 2 > sum(whole);
create or replace temp table r_rated as
select c.payment_id, c.channel, c.merchant, c.store, c.day, c.occurred_at, c.external_id, c.refund, c.amount, c.charge, c.basis, c.rate, c.paid_with, c.file_id,
       f.channel is not null as fine, cast(if(fine, round(c.amount * c.rate, 5), round(c.amount * c.rate, 2)) as decimal(18,5)) as expected
from r_charges c
left join r_fine f on f.channel = c.channel and f.merchant is not distinct from c.merchant
where c.basis is not null and c.rate is not null;

-- A sale keeps the rate of its own day: what is given back after a change of rates goes by the old one, and by what was
-- really charged. The rate of a sale from before the book may be any that its merchant number ever had.
create or replace temp table r_given_back as
with refunds as (
    select *, sum(-amount) over so_far as back, sum(-charge) over so_far as fee_back from r_rated where refund
    window so_far as (partition by channel, external_id order by occurred_at, payment_id rows unbounded preceding)
), sales as (
    select channel, external_id, min(amount) as amount, min(charge) as charge, min(rate) as rate
    from r_charges
    where kind = 'payment' and basis is not null and (channel, external_id) in (select channel, external_id from refunds)
    group by channel, external_id having count(*) = 1
), rates as (
    select distinct channel, merchant, fee_rate as rate from r_contracts where fee_rate is not null
), old as (
    select r.payment_id, min(abs(r.charge - round(r.amount * k.rate, 2))) as off
    from refunds r join rates k on k.channel = r.channel and k.merchant = r.merchant
    where not exists (select 1 from sales s where s.channel = r.channel and s.external_id = r.external_id)
    group by r.payment_id
)
select r.* exclude (back, fee_back) replace (coalesce(cast(if(r.fine, round(r.amount * s.rate, 5), round(r.amount * s.rate, 2)) as decimal(18,5)), r.expected) as expected),
       s.amount is null as sale_unknown, r.expected as by_itself,
       least(
           abs(r.charge - r.expected), abs(r.charge - round(r.amount * s.rate, 2)), o.off,
           abs(r.charge - cast(round(r.amount * s.charge / nullif(s.amount, 0), 2) as decimal(18,2))),
           abs(r.charge + round(r.back * s.rate, 2) - round((r.back + r.amount) * s.rate, 2)),
           case when r.back = s.amount then abs(s.charge - r.fee_back) end
       ) as off,
       coalesce(s.amount = -r.amount and abs(r.charge + s.charge) < 0.01, false) as like_sale
from refunds r
left join sales s on s.channel = r.channel and s.external_id = r.external_id
left join old o on o.payment_id = r.payment_id;

-- What is off, row by row. A commission may be a cent off; of the commission on a refund only its absence is held against
-- a platform, for the base of a refund is not always told.
insert into r_facts
with counted as (
    select 'keeper' as kind, channel, merchant, charge from r_given_back where expected <> 0 and is_new(file_id)
    union all
    -- a bill that states no fee at all: it is taken off each deposit or once a month, and this bill cannot be audited
    select 'silent', channel, merchant, charge from r_rated where basis = 'fee' and not refund and expected <> 0 and is_new(file_id)
)
select kind, concat_ws(chr(31), channel, coalesce(merchant, '')), count(*) filter (where charge <> 0), count(*)
from counted group by kind, channel, merchant;
create or replace temp table r_without_fees as
select kind, split_part(key, chr(31), 1) as channel, nullif(split_part(key, chr(31), 2), '') as merchant
from (from r_facts union all from r_before) where kind in ('keeper', 'silent')
group by kind, key having sum(part) = 0 and sum(whole) >= if(kind = 'keeper', 3, 20);
create or replace temp table r_off as
with keepers as (
    select channel, merchant from r_without_fees where kind = 'keeper'
), silent as (
    select channel, merchant from r_without_fees where kind = 'silent'
)
select payment_id, channel, merchant, store, day, occurred_at, false as refund, amount, charge, basis, rate, paid_with, expected, file_id
from r_rated r
where not refund and case basis when 'commission' then abs(charge - expected) > 0.01 else abs(charge - expected) >= 0.01 end
  and not exists (select 1 from silent s where s.channel = r.channel and s.merchant is not distinct from r.merchant)
union all
select payment_id, channel, merchant, store, day, occurred_at, true, amount, charge, basis, rate, paid_with, expected, file_id
from r_given_back r
where off >= case when sale_unknown then 0.015 else 0.01 end and not like_sale and (basis = 'fee' or charge = 0)
  and (channel, merchant) not in (select channel, merchant from keepers)
  and not exists (select 1 from silent s where s.channel = r.channel and s.merchant is not distinct from r.merchant);

insert into r_facts
select 'off', concat_ws(chr(31), channel, coalesce(merchant, ''), rate, basis, coalesce(paid_with, '')), count(*), count(*)
from r_off where not refund and is_new(file_id) group by channel, merchant, rate, basis, paid_with;

-- The rows of whole runs that were charged by another rate, filled where there are many (fee_rates.sql); where nothing has
-- been added to a run it stays what it was.
create or replace temp table r_rerated (payment_id uuid, rate decimal(9,6));
insert into r_rerated
select record_id, null from base.differences where not whole_run() and cause in ('contract_rate', 'acquirer_rate', 'commission_rate');
