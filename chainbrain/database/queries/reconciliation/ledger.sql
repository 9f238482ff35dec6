-- The ledger leg: every payment against the lines of the wallet's own ledger.
create or replace temp view r_lines as
select w.wallet_line_id, w.channel, base.merchant_key(coalesce(w.merchant_no, f.merchant_no)) as merchant, w.business_id, w.occurred_at, w.kind,
       w.amount, w.reference, w.file_id,
       w.kind in ('fee', 'fee_return') as charge,
       w.kind in ('refund', 'fee_return', 'refund_closed') or (w.kind in ('fee', 'coupon') and w.amount * case when w.kind = 'fee' then 1 else -1 end > 0) as refund,
       w.kind in ('payment', 'refund', 'fee', 'fee_return', 'refund_closed', 'coupon') as of_payment
from r_wallet_lines_in_scope w left join base.wallet_file_accounts f on f.file_id = w.file_id and f.channel = w.channel;

create or replace temp view r_booked as
select payment_id, channel, merchant, external_id, merchant_order_no, refund_id, merchant_refund_no, occurred_at, kind <> 'payment' as refund,
       amount, fee, day, store, file_id
from r_payments
where kind in ('payment', 'refund', 'chargeback', 'adjustment') and not cancelled and channel not in (select channel from r_platforms);

-- Numbers that name exactly one payment; joins go by the hash and then hold the numbers against each other.
create or replace temp view r_all_names as
select hash(channel, refund, id) as name, id, payment_id
from (
    select channel, refund, case when refund then refund_id else external_id end as id, payment_id from r_booked
)
where id is not null;
create or replace temp table r_names as
with twice as materialized (
    select name from r_all_names group by name having count(*) > 1
)
from r_all_names anti join twice using (name);

create or replace temp table r_attached as
select l.wallet_line_id, n.payment_id, l.amount, l.charge
from (select *, hash(channel, refund, business_id) as name from r_lines where of_payment) l
join r_names n on n.name = l.name and n.id = l.business_id;

create or replace temp table r_later as
from r_lines anti join r_attached using (wallet_line_id) where of_payment;
