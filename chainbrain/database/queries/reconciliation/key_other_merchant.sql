-- A long order number that exists once at the tills and once in the wallets, with the same amount within ten minutes:
-- the sale was paid through another merchant number than the till says (terminal moved, shared code).
create or replace temp table r_stray as
select tender_id, channel, reference, refund, amount, day, store, moment, line
from {due}
where not refund and timed and length(reference) >= 16 and tender_id not in (select tender_id from r_pairs)
  and reference not in (select reference from r_due where not refund and reference is not null group by reference having count(*) > 1);
create or replace temp view r_left as
select tender_id, channel, reference as id, '' as scope, hash(channel, reference, '') as key, refund, amount, day, store, moment, line from r_stray;
create or replace temp table r_stray_claims as
with numbers as (
    select channel, merchant_order_no as id, min(payment_id) as payment_id
    from r_claims where not refund and merchant_order_no in (select reference from r_stray)
    group by channel, merchant_order_no having count(*) = 1
)
select c.payment_id, c.channel, n.id, c.refund, c.amount, c.day, c.store, c.occurred_at as moment
from numbers n
join r_claims c on c.payment_id = n.payment_id
join r_stray l on l.channel = n.channel and l.reference = n.id
where abs(epoch(l.moment) - epoch(c.occurred_at)) <= 600;
create or replace temp view r_right as
select payment_id, channel, id, '' as scope, hash(channel, id, '') as key, refund, amount, day, store, moment from r_stray_claims;
