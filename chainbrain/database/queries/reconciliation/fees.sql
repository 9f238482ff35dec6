-- Fees against the contract: payments half up to the cent; a full refund gives back the fee of its sale; a partial one its
-- share: by the rate, of the sale's fee, or what the parts so far give together (the last one the rest); of a sale that the
-- book does not know it may be a cent off. A merchant number that never gives fees back has that in its contract and is no difference.

-- Bills that print fees in fractions of a fen: there nothing is rounded before the deposit.
create or replace temp table r_fine as
select c.channel, p.merchant from base.charges c join r_payments p on p.payment_id = c.payment_id
where c.charge <> 0 group by c.channel, p.merchant having count(*) filter (where c.charge <> round(c.charge, 2)) * 2 > count(*);
create or replace temp view r_rated as
select c.payment_id, c.channel, p.merchant, p.store, p.day, c.occurred_at, c.external_id, p.refund, c.amount, c.charge, c.basis, c.rate, c.paid_with,
       f.channel is not null as fine, cast(if(fine, round(c.amount * c.rate, 5), round(c.amount * c.rate, 2)) as decimal(18,5)) as expected
from base.charges c join r_payments p on p.payment_id = c.payment_id
left join r_fine f on f.channel = c.channel and f.merchant is not distinct from p.merchant
where c.basis is not null and c.rate is not null;

-- A sale keeps the rate of its own day: what is given back after a change of rates goes by the old one, and by what was
-- really charged. The rate of a sale from before the book may be any that its merchant number ever had.
create or replace temp table r_given_back as
with refunds as (
    select *, sum(-amount) over so_far as back, sum(-charge) over so_far as fee_back from r_rated where refund
    window so_far as (partition by channel, external_id order by occurred_at, payment_id rows unbounded preceding)
), sales as (
    select channel, external_id, min(amount) as amount, min(charge) as charge, min(rate) as rate
    from base.charges
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
       s.amount is null as sale_unknown,
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
create or replace temp table r_off as
with keepers as (
    select channel, merchant from r_given_back where expected <> 0
    group by channel, merchant having count(*) >= 3 and max(abs(charge)) = 0
), silent as (
    -- a bill that states no fee at all: it is taken off each deposit or once a month, and this bill cannot be audited
    select channel, merchant from r_rated where basis = 'fee' and not refund and expected <> 0
    group by channel, merchant having count(*) >= 20 and max(abs(charge)) = 0
)
select payment_id, channel, merchant, store, day, occurred_at, false as refund, amount, charge, basis, rate, paid_with, expected
from r_rated r
where not refund and case basis when 'commission' then abs(charge - expected) > 0.01 else abs(charge - expected) >= 0.01 end
  and not exists (select 1 from silent s where s.channel = r.channel and s.merchant is not distinct from r.merchant)
union all
select payment_id, channel, merchant, store, day, occurred_at, true, amount, charge, basis, rate, paid_with, expected
from r_given_back r
where off >= case when sale_unknown then 0.015 else 0.01 end and not like_sale and (basis = 'fee' or charge = 0)
  and (channel, merchant) not in (select channel, merchant from keepers)
  and not exists (select 1 from silent s where s.channel = r.channel and s.merchant is not distinct from r.merchant);

-- The rows of whole runs that were charged by another rate, filled where there are many (fee_rates.sql).
create or replace temp table r_rerated (payment_id uuid, rate decimal(9,6));
