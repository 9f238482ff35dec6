-- A part of a sale can be given back several times, and each time the same amount. Under the sale's number alone two such
-- refunds more than ten minutes apart may be two of them, of which each side lacks one: that is a suggestion. A refund of
-- more than half the sale can only be there once.
create or replace temp table r_apart as
with refunds as (
    select p.tender_id, p.payment_id, t.order_id, t.amount, c.channel, c.external_id
    from (from r_done union all from r_pairs) p
    join r_tenders t on t.tender_id = p.tender_id
    join r_claims c on c.payment_id = p.payment_id
    where p.stage not in ('refund_number', 'merchant_refund_number', 'accepted') and t.refund and t.timed and t.amount = c.amount
      and abs(epoch(t.moment) - epoch(c.occurred_at)) > 600
), billed as (
    select channel, external_id, max(amount) as amount from r_claims
    where not refund and (channel, external_id) in (select channel, external_id from refunds) group by channel, external_id
), rung_up as (
    select order_id, sum(amount) as amount from r_tenders where not refund and order_id in (select order_id from refunds) group by order_id
)
select r.tender_id, r.payment_id
from refunds r
left join billed b on b.channel = r.channel and b.external_id = r.external_id
left join rung_up u on u.order_id = r.order_id
where coalesce(coalesce(b.amount, u.amount) >= -2 * r.amount, true);
delete from r_pairs where tender_id in (select tender_id from r_apart);
delete from r_done where tender_id in (select tender_id from r_apart);
