-- What every sale and refund was charged, and the rate that its contract of that day asks for.

-- Acquirers and aggregators settle like platforms, but charge one fee by one rate, as a wallet does.
create table base.acquirers (channel varchar primary key);
insert into base.acquirers values
    ('unionpay'), ('shouqianba'), ('lakala'), ('chinaums'), ('allinpay'), ('lcsw'), ('leshua'), ('ikudot');

-- basis: fee (all of it by the contract's rate), commission (the part of the charges that goes by the rate), or nothing
-- where no rate can speak for the row: charges that are not told apart, and bank cards, whose debit fees are capped.
create view base.charges as
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
    from base.payments p
    join base.payment_links l on l.payment_id = p.payment_id
    left join base.wallet_file_accounts f on f.file_id = p.file_id and f.channel = p.channel
    where p.kind in ('payment', 'refund') and not p.cancelled
)
select b.* exclude (commission), if(b.basis = 'commission', b.commission, b.fee) as charge, coalesce(k.fee_rate, u.rate) as rate
from based b
left join main.merchant_accounts k on k.account_id = b.account_id
left join unanimous u on u.channel = b.channel and u.merchant = base.merchant_key(b.merchant_no);
