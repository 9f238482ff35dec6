-- An aggregator's row and the wallet's row of the same sale: two views of one receipt. The aggregator prints the wallet's own
-- number; a refund goes by the refund's number, or by the sale's where the amount is the same.
-- Most books have no aggregator: only where one printed the number of a wallet the wallets are asked (bridges.sql).
create or replace temp table r_bridge_printed as
from r_payments_in_scope where channel in (select channel from base.acquirers) and channel_order_no is not null;
create or replace temp table r_bridge_rows as
select p.payment_id, p.channel, p.kind, p.amount, b.order_amount, b.paid_with, b.channel_order_no, b.refund_id, p.store, p.day, p.merchant
from r_bridge_printed b
join r_payments p on p.payment_id = b.payment_id
where p.kind in ('payment', 'refund') and not p.cancelled;

create or replace temp table r_bridges (
    match_id uuid, payment_id uuid, wallet_id uuid, channel varchar, store varchar, day date, amount decimal(18,2), wallet_amount decimal(18,2),
    same_order boolean, distance integer
);
-- One tender is enough for both: the row that the till does not name follows the other one.
create or replace temp table r_follows (match_id uuid, payment_id uuid);

create or replace temp view r_matches_bridges as
select match_id, 'payment_bridge' as kind, 'confirmed' as state, 'channel_order_number' as stage, 1 as solutions,
       '{"key":"channel_order_number"}'::json as explanation
from r_bridges;
create or replace temp view r_members_bridges as
select match_id, 'inner' as side, 'payment' as record_type, payment_id as record_id, amount from r_bridges
union all
select match_id, 'outer', 'payment', wallet_id, wallet_amount from r_bridges;

delete from base.bridged_payments where in_scope(payment_id);
