-- A part of a sale can be given back several times, and each time the same amount. Under the sale's number alone two such
-- refunds more than ten minutes apart may be two of them, of which each side lacks one: that is a suggestion. A refund of
-- more than half the sale can only be there once.
-- Step by step: laid together at once, ten million tenders and their payments do not fit.
create or replace temp table r_refunds_paired as
select p.tender_id, p.payment_id, t.order_id, t.amount, t.moment
from (from r_done union all from r_pairs) p
join (select tender_id, order_id, amount, moment from r_tenders where refund and timed) t on t.tender_id = p.tender_id
where p.stage not in ('refund_number', 'merchant_refund_number', 'accepted');
create or replace temp table r_far_refunds as
select p.tender_id, p.payment_id, p.order_id, p.amount, c.channel, c.external_id
from r_refunds_paired p join r_claims c on c.payment_id = p.payment_id
where p.amount = c.amount and abs(epoch(p.moment) - epoch(c.occurred_at)) > 600;
create or replace temp table r_apart as
with refunds as (
    from r_far_refunds
), billed as (
    select channel, external_id, max(amount) as amount from r_claims
    where not refund and (channel, external_id) in (select channel, external_id from r_far_refunds) group by channel, external_id
), rung_up as (
    select order_id, sum(amount) as amount from r_tenders where not refund and order_id in (select order_id from r_far_refunds) group by order_id
)
select r.tender_id, r.payment_id
from refunds r
left join billed b on b.channel = r.channel and b.external_id = r.external_id
left join rung_up u on u.order_id = r.order_id
where coalesce(coalesce(b.amount, u.amount) >= -2 * r.amount, true);
delete from r_pairs where tender_id in (select tender_id from r_apart);
delete from r_done where tender_id in (select tender_id from r_apart);
