-- The wallet's rows that an aggregator's rows (bridge_rows.sql) stand for. Both sides are narrowed first.
create or replace temp view r_wallet_rows as
select payment_id, channel, kind, amount, order_amount, external_id, refund_id, merchant_refund_no from r_payments
where kind in ('payment', 'refund') and not cancelled and channel not in (select channel from base.acquirers);
insert into r_bridges by name
with printed as (
    from r_bridge_rows
), wallets as (
    select * exclude (external_id), unnest(list_distinct([external_id, refund_id])) as number
    from (
        from r_wallet_rows where external_id in (select channel_order_no from r_bridge_rows)
        union
        from r_wallet_rows where refund_id in (select channel_order_no from r_bridge_rows)
    )
), hits as (
    select a.payment_id, w.payment_id as wallet_id, a.channel, a.store, a.day, a.amount, w.amount as wallet_amount, a.order_amount = w.order_amount as same_order,
           case when a.kind = 'payment' then 0 when a.channel_order_no = w.refund_id or a.refund_id = w.merchant_refund_no then 0 else 1 end as distance
    from printed a
    join wallets w on w.number = a.channel_order_no and w.kind = a.kind and (a.paid_with is null or a.paid_with = w.channel)
    where a.kind = 'payment' or a.channel_order_no = w.refund_id or a.refund_id = w.merchant_refund_no or a.amount = w.amount
), nearest as (
    select distinct * from hits
    qualify distance = min(distance) over (partition by payment_id) and distance = min(distance) over (partition by wallet_id)
), agreed as (
    -- of rows under one number those of the same amount, where there are any
    select * from nearest
    qualify (amount = wallet_amount) = max(amount = wallet_amount) over (partition by payment_id)
        and (amount = wallet_amount) = max(amount = wallet_amount) over (partition by wallet_id)
)
select md5(concat_ws(chr(31), 'payment_bridge', payment_id, wallet_id))::uuid as match_id, *
from agreed
where md5(concat_ws(chr(31), 'payment_bridge', payment_id, wallet_id))::uuid not in (select match_id from r_rejected)
qualify count(*) over (partition by payment_id) = 1 and count(*) over (partition by wallet_id) = 1;

insert into r_follows by name
with bridged as materialized (
    select unnest([payment_id, wallet_id]) as payment_id from r_bridges
), named as (
    select payment_id from r_done semi join bridged using (payment_id) union select payment_id from r_pairs semi join bridged using (payment_id)
)
select match_id,
       case when wallet_id in (from named) and payment_id not in (from named) then payment_id else wallet_id end as payment_id
from r_bridges;
delete from r_pairs where payment_id in (select payment_id from r_follows);
delete from r_done where payment_id in (select payment_id from r_follows);

insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', 'D03', payment_id, 'bridge'))::uuid, 'D03', if(same_order, 'explained', 'open'), store, day, null,
       amount - wallet_amount, 'payment', payment_id, channel, if(same_order, 'merchant_coupon', 'amount')
from r_bridges where amount <> wallet_amount;
insert into r_flags
select md5(concat_ws(chr(31), 'difference', 'D03', payment_id, 'bridge'))::uuid, 'payment', unnest([payment_id, wallet_id]), 'till', 'difference'
from r_bridges where amount <> wallet_amount;

insert into base.bridged_payments select wallet_id from r_bridges;
