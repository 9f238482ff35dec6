-- Fees against the contract: payments half up to the cent; a full refund gives back the fee of its sale; a partial one
-- may be a cent off. A merchant number that never gives fees back has that in its contract and is no difference.
create or replace temp table r_rated as
with unanimous as (
    -- a shared number with several contracts still has one rate when all agree
    select channel, merchant, min(fee_rate) as fee_rate from r_contracts
    group by channel, merchant having count(distinct fee_rate) = 1 and count(fee_rate) = count(*)
)
select p.payment_id, p.channel, p.merchant, p.store, p.day, p.external_id, p.refund, p.amount, p.fee, p.commission, p.occurred_at, p.kind,
       coalesce(k.fee_rate, u.fee_rate) as fee_rate
from r_payments p
left join r_contracts k on k.account_id = p.account_id
left join unanimous u on u.channel = p.channel and u.merchant = p.merchant
where p.kind in ('payment', 'refund') and not p.cancelled and coalesce(k.fee_rate, u.fee_rate) is not null;

create or replace temp table r_charged as
with charges as (
    select *, cast(round(amount * fee_rate, 2) as decimal(18,5)) as expected from r_rated where channel not in (select channel from r_platforms)
), sales as (
    select channel, external_id, min(amount) as amount, min(fee) as fee
    from charges where not refund and external_id is not null group by channel, external_id having count(*) = 1
)
select c.*, cast(null as decimal(18,5)) as of_sale, false as partial from charges c where not c.refund
union all
select c.*, case when s.amount = -c.amount then -s.fee end, s.amount is distinct from -c.amount
from (select * from charges where refund) c
left join sales s on s.channel = c.channel and s.external_id = c.external_id;

create or replace temp table r_overcharged as
with keepers as (
    select channel, merchant from r_charged where refund and expected <> 0
    group by channel, merchant having count(*) >= 3 and max(abs(fee)) = 0
)
select payment_id, channel, store, day, expected - fee as amount, 'D07' as code, 'contract' as cause
from r_charged c
where abs(fee - expected) >= case when partial then 0.015 else 0.01 end
  and (of_sale is null or abs(fee - of_sale) >= 0.01)
  and not (refund and (channel, merchant) in (select channel, merchant from keepers))
union all
-- a platform's commission on the base of the order
select payment_id, channel, store, day, round(amount * fee_rate, 2) - commission, 'D12', 'commission'
from r_rated
where kind = 'payment' and channel in (select channel from r_platforms) and commission is not null
  and abs(commission - round(amount * fee_rate, 2)) > 0.01;

insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', code, payment_id, cause))::uuid, code, 'open', store, day, null, amount, 'payment', payment_id, channel, cause
from r_overcharged;
