-- Some days of a large made-up book, from $since on before $until (both counted from the first): orders, tenders, what wallets and
-- platforms billed, payouts, and what of it is at the bank. Every figure follows from the number of its row.
create or replace temp table large_sales as
with counts as (
    -- Busy and quiet stores, weekends a quarter busier; a store-day without its till file has no sales.
    select s, d, cast($orders * (0.5 + hash(s) % 1000 / 1000.0) * if(isodow(large_day($first, d)) > 5, 1.25, 0.9) as integer) as orders
    from range(1, $stores + 1) t(s), range($since, $until) u(d) where (s * 31 + d * 17) % 500 <> 0
), rows as (select s, d, unnest(range(orders)) as n from counts)
select s, d, n, printf('S%04d', s) as store_code, (d * 1000 + s) * 10000 + n as number, large_day($first, d) as business_day,
       hash(s, d, n) as h, hash(n, d, s) as g
from rows;

create or replace temp table large_orders as
select *, large_id('order', number) as order_id, cast(12 + h % 6000 * 0.01 as decimal(18,2)) as amount,
       business_day + to_seconds(cast(25200 + (h // 6000) % 57600 as bigint)) as moment,
       case when g % 100 < 45 then 'wechat' when g % 100 < 65 then 'alipay' when g % 100 < 90 then 'meituan' else 'cash' end as method,
       (g // 100) % 100 = 0 as refunded
from large_sales;
drop table large_sales;

insert into base.orders by name
select order_id, store_code, cast(number as varchar) as order_no, if(method = 'meituan', 'meituan', 'in_store') as channel, moment as ordered_at, business_day,
       cast(amount + h % 5 as decimal(18,2)) as list_amount, amount, 'completed' as status, large_id('file', 'till' || d) as file_id, n as line
from large_orders order by business_day, store_code, n;

insert into base.tenders by name
select large_id('tender', number) as tender_id, order_id, store_code, cast(number as varchar) as order_no, method, amount, false as is_refund, moment as paid_at,
       cast(number as varchar) as reference, large_id('file', 'till' || d) as file_id, n as line
from large_orders
union all
select large_id('refund', number), order_id, store_code, cast(number as varchar), method, -amount, true, moment + interval 20 minute,
       cast(number as varchar), large_id('file', 'till' || d), n
from large_orders where refunded;

create or replace temp table large_payments as
select t.*, a.merchant_no, a.account_id, cast(t.signed * a.fee_rate as decimal(18,5)) as fee,
       large_id('payout', t.method || t.s || '-' || t.d) as settlement_id
from (
    select large_id('payment', number) as payment_id, * , amount as signed, 'payment' as kind from large_orders where method <> 'cash'
    union all
    select large_id('back', number), *, -amount, 'refund' from large_orders where method <> 'cash' and refunded
) t join base.accounts a on a.channel = t.method and a.store_code = t.store_code;

insert into base.payments by name
select payment_id, method as channel, merchant_no, cast(number as varchar) as external_id, cast(number as varchar) as merchant_order_no,
       moment as occurred_at, kind, signed as amount, fee, false as cancelled, large_id('file', method || d) as file_id, n as line
from large_payments order by moment;

insert into base.payment_links by name
select payment_id, account_id, store_code as store_id, business_day, settlement_id from large_payments;

create or replace temp table large_payouts as
select settlement_id, method as channel, merchant_no, business_day, d, sum(signed) as gross, sum(fee) as fee, store_code
from large_payments group by all;

insert into base.settlements by name
select settlement_id, channel, merchant_no, business_day as first_day, business_day as last_day, gross, fee, gross - fee as net,
       business_day + 1 as expected_on, large_id('file', channel || d) as file_id, '755900000001' as bank_account
from large_payouts;

-- The last day's payouts are still on their way; before, one in 4,000 is late.
create or replace temp table large_arrived as
select *, large_id('line', cast(settlement_id as varchar)) as bank_line_id, large_id('match', cast(settlement_id as varchar)) as match_id,
       cast(round(gross - fee, 2) as decimal(18,2)) as net
from large_payouts where d < $days - 1 and hash(settlement_id) % 4000 <> 0;

insert into base.bank_lines by name
select bank_line_id, '755900000001' as bank_account, business_day + 1 + interval 9 hour as posted_at, net as amount, null as balance,
       channel as counterparty, merchant_no as memo, large_id('file', 'bank' || d) as file_id, row_number() over (order by settlement_id) as line
from large_arrived;
insert into base.matches by name
select match_id, 'settlement_bank' as kind, 'confirmed' as state, 'exact' as stage, 1 as solutions, business_day::timestamp as created_at, 'machine' as created_by
from large_arrived;
insert into base.match_members by name
select match_id, 'inner' as side, 'settlement' as record_type, settlement_id as record_id, net as amount from large_arrived
union all select match_id, 'outer', 'bank_line', bank_line_id, net from large_arrived;
insert into base.row_states by name
select 'settlement' as record_type, p.settlement_id as record_id, 'bank' as leg, if(a.match_id is null, 'timing', 'matched') as state, a.match_id,
       p.business_day + 1 as due_on
from large_payouts p left join large_arrived a on a.settlement_id = p.settlement_id
union all
select 'tender', large_id('tender', number), 'till', 'matched', null, null from large_orders
union all
select 'payment', payment_id, 'payout', 'matched', null, null from large_payments;

-- What was not right: late payouts, and one payment in 2,000 whose fee is half a yuan too high.
insert into base.differences by name
select large_id('late', cast(p.settlement_id as varchar)) as difference_id, 'D08' as code, 'open' as state, p.store_code as store_id, p.business_day,
       p.business_day + 1 as due_on, -cast(p.gross - p.fee as decimal(18,2)) as amount, 'settlement' as record_type, p.settlement_id as record_id, p.channel
from large_payouts p where p.d < $days - 1 and p.settlement_id not in (select settlement_id from large_arrived)
union all
select large_id('fee', cast(payment_id as varchar)), 'D07', 'open', store_code, business_day, null, -0.5, 'payment', payment_id, method
from large_payments where g // 10000 % 2000 = 0;

drop table large_arrived; drop table large_payouts; drop table large_payments; drop table large_orders;
