-- What a matcher without proof sees of tenders without a number: each beside every payment of its store and channel that
-- nobody named, of the same amount within two minutes, the nearest first.
create schema if not exists reference;
create or replace table reference.nameless as
select t.tender_id, t.store_code as store, t.method as channel, t.is_refund as refund, t.amount, t.paid_at as moment
from base.tenders t where t.tender_id in (from nameless_tenders);
create or replace table reference.unclaimed as
select p.payment_id, k.store_code as store, p.channel, p.kind <> 'payment' as refund, p.amount, p.occurred_at as moment
from base.payments p join base.accounts k on k.channel = p.channel and k.merchant_no = p.merchant_no
where p.payment_id in (from unclaimed_payments)
qualify row_number() over (partition by p.payment_id order by k.valid_from) = 1;
create or replace table reference.pairs as
select t.tender_id, p.payment_id, abs(epoch(t.moment) - epoch(p.moment)) as apart
from reference.nameless t
join reference.unclaimed p on p.store = t.store and p.channel = t.channel and p.refund = t.refund and p.amount = t.amount
where abs(epoch(t.moment) - epoch(p.moment)) <= 120
order by t.moment, t.tender_id, apart, p.payment_id;
