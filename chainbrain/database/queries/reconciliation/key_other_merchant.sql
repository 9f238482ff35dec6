-- A long order number that exists once at the tills and once in the wallets, with the same amount within ten minutes:
-- the sale was paid through another merchant number than the till says (terminal moved, shared code).
create or replace temp table r_left as
select tender_id, channel, reference as id, '' as scope, refund, amount, day, store, moment, line
from r_due where not refund and timed and length(reference) >= 16 and tender_id not in (select tender_id from r_pairs)
  and reference not in (select reference from r_due where not refund and reference is not null group by reference having count(*) > 1);
create or replace temp table r_right as
with numbers as (
    select c.channel, c.merchant_order_no as id, min(c.payment_id) as payment_id
    from r_claims c where not c.refund and c.merchant_order_no in (select id from r_left)
    group by c.channel, c.merchant_order_no having count(*) = 1
)
select c.payment_id, c.channel, n.id, '' as scope, c.refund, c.amount, c.day, c.store, c.occurred_at as moment
from numbers n
join r_claims c on c.payment_id = n.payment_id
join r_left l on l.channel = n.channel and l.id = n.id
where abs(epoch(l.moment) - epoch(c.occurred_at)) <= 600 and c.payment_id not in (select payment_id from r_pairs);
