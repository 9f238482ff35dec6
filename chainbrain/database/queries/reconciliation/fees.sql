-- Fees against the contract: payments half up to the cent; a full refund gives back the fee of its sale; a partial one
-- may be a cent off. A merchant number that never gives fees back has that in its contract and is no difference.
create or replace temp view r_rated as
with unanimous as (
    -- a shared number with several contracts still has one rate when all agree
    select channel, merchant, min(fee_rate) as fee_rate from r_contracts
    group by channel, merchant having count(distinct fee_rate) = 1 and count(fee_rate) = count(*)
)
select p.payment_id, p.channel, p.merchant, p.store, p.day, p.external_id, p.refund, p.amount, p.fee, p.commission, p.kind,
       cast(round(p.amount * coalesce(k.fee_rate, u.fee_rate), 2) as decimal(18,5)) as expected,
       p.channel in (select channel from r_platforms) as platform
from r_payments p
left join r_contracts k on k.account_id = p.account_id
left join unanimous u on u.channel = p.channel and u.merchant = p.merchant
where p.kind in ('payment', 'refund') and not p.cancelled and coalesce(k.fee_rate, u.fee_rate) is not null;

create or replace temp table r_given_back as
with refunds as (
    select * from r_rated where refund and not platform
), sales as (
    select channel, external_id, min(amount) as amount, min(fee) as fee
    from r_payments where kind = 'payment' and not cancelled and (channel, external_id) in (select channel, external_id from refunds)
    group by channel, external_id having count(*) = 1
)
select r.*, s.amount is distinct from -r.amount as partial, case when s.amount = -r.amount then -s.fee end as of_sale
from refunds r left join sales s on s.channel = r.channel and s.external_id = r.external_id;

create or replace temp table r_overcharged as
with keepers as (
    select channel, merchant from r_given_back where expected <> 0
    group by channel, merchant having count(*) >= 3 and max(abs(fee)) = 0
)
select payment_id, channel, store, day, expected - fee as amount, 'D07' as code, 'contract' as cause
from r_rated where not refund and not platform and abs(fee - expected) >= 0.01
union all
select payment_id, channel, store, day, expected - fee, 'D07', 'contract'
from r_given_back
where abs(fee - expected) >= case when partial then 0.015 else 0.01 end and (of_sale is null or abs(fee - of_sale) >= 0.01)
  and (channel, merchant) not in (select channel, merchant from keepers)
union all
-- a platform's commission on the base of the order
select payment_id, channel, store, day, expected - commission, 'D12', 'commission'
from r_rated where not refund and platform and commission is not null and abs(commission - expected) > 0.01;

insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', code, payment_id, cause))::uuid, code, 'open', store, day, null, amount, 'payment', payment_id, channel, cause
from r_overcharged;
