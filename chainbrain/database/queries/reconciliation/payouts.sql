-- The payout leg: a platform's order rows against the bill they are paid out with (payment to settlement). What an
-- acquirer pays straight to other receivers is not in the payout; the parts' numbers begin with that of the trade.
create or replace temp table r_paid as
with handed_on as (
    select channel, split_part(external_id, '-', 1) as trade_no, sum(amount) as amount
    from base.split_lines where status = 'success' and channel in (select channel from r_platforms) group by all
), linked as (
    select p.payment_id, p.channel, p.merchant, p.store, p.day, p.file_id, p.amount - p.fee - coalesce(h.amount, 0) as net, p.cancelled, p.bill_day,
           b.settlement_id, b.settlement_row_id, md5(concat_ws(chr(31), 'payment_settlement', p.payment_id, b.settlement_id))::uuid as match_id
    from r_payments p left join a_paid b on b.payment_id = p.payment_id
    left join handed_on h on h.channel = p.channel and h.trade_no = coalesce(p.refund_id, p.external_id)
    where p.channel in (select channel from r_platforms)
)
select * exclude (match_id),
       case when settlement_id is not null and not cancelled and match_id not in (select match_id from r_rejected) then match_id end as match_id
from linked;

create or replace temp view r_matches_payouts as
select match_id, 'payment_settlement' as kind, 'confirmed' as state, 'bill_number' as stage, 1 as solutions, '{"key":"bill_number"}'::json as explanation
from r_paid where match_id is not null;
create or replace temp view r_members_payouts as
select match_id, 'inner' as side, 'payment' as record_type, payment_id as record_id, net as amount from r_paid where match_id is not null
union all
select match_id, 'outer', 'settlement', settlement_id, net from r_paid where match_id is not null;

-- Bills that were printed: a row of such a day without a bill has been left out of it.
create or replace temp table r_billed as
select distinct channel, merchant_no as merchant, bill_day from a_rows;

create or replace temp table r_payout_states as
select p.payment_id, p.file_id, p.store, p.day, p.channel, p.net, p.match_id,
       case
           when p.cancelled then 'excluded'
           when p.match_id is not null then 'matched'
           when d.bill_day is not null and p.net <> 0 then 'difference'
           else 'timing'
       end as state, p.bill_day
from r_paid p
left join r_billed d on d.channel = p.channel and base.merchant_key(d.merchant) = p.merchant and d.bill_day = p.bill_day;

create or replace temp view r_states_paid as
select 'payment' as record_type, payment_id as record_id, 'payout' as leg, file_id, state, match_id,
       case state when 'excluded' then 'cancelled' when 'timing' then 'waiting_for_payout' end as reason,
       case when state = 'timing' then coalesce(bill_day, day) + 1 end as due_on
from r_payout_states;
insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', 'D12', payment_id, 'not_in_bill'))::uuid, 'D12', 'open', store, day, null, -net, 'payment', payment_id,
       channel, 'not_in_bill'
from r_payout_states where state = 'difference';

insert into r_flags
select md5(concat_ws(chr(31), 'difference', 'D12', payment_id, 'not_in_bill'))::uuid, 'payment', payment_id, 'payout', 'difference'
from r_payout_states where state = 'difference';

-- Each bill against its rows. Cancelled orders usually carry nothing; where they do, the bill decides whether they count.
create or replace temp table r_bills as
select b.settlement_row_id, b.settlement_id, b.channel, b.merchant_no, b.bill_day, b.amount,
       coalesce(sum(p.net), 0) as rows_all, coalesce(sum(p.net) filter (where not p.cancelled), 0) as rows_valid, count(p.payment_id) as rows_count
from a_bills b left join r_paid p on p.settlement_row_id = b.settlement_row_id
group by all;
create or replace temp table r_bill_differences as
select md5(concat_ws(chr(31), 'difference', 'D12', b.settlement_row_id, 'bill'))::uuid as difference_id, b.settlement_id, b.bill_day, b.channel,
       b.amount - b.rows_valid as amount, k.store
from r_bills b
left join (
    select channel, merchant, min(store) as store from r_contracts group by channel, merchant having count(distinct coalesce(store, '')) = 1
) k on k.channel = b.channel and k.merchant = base.merchant_key(b.merchant_no)
where b.amount <> b.rows_all and b.amount <> b.rows_valid and b.rows_count > 0 and in_scope(b.settlement_id);

insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select difference_id, 'D12', 'open', store, bill_day, null, amount, 'settlement', settlement_id, channel, 'bill' from r_bill_differences;
insert into r_flags
select difference_id, 'settlement', settlement_id, 'payout', 'difference' from r_bill_differences;

create or replace temp view r_states_payouts as
select 'settlement' as record_type, s.settlement_id as record_id, 'payout' as leg, s.file_id,
       case when bool_or(b.rows_count = 0 and b.amount <> 0) then 'timing' else 'matched' end as state, null::uuid as match_id,
       case when bool_or(b.rows_count = 0 and b.amount <> 0) then 'waiting_for_bill' end as reason,
       case when bool_or(b.rows_count = 0 and b.amount <> 0) then max(b.bill_day) + 1 end as due_on
from base.settlements s left join r_bills b on b.settlement_id = s.settlement_id
where in_scope(s.settlement_id)
group by s.settlement_id, s.file_id;
