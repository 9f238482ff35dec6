-- A made-up chain: $orders orders of 76 stores on 92 days, each with a till, a WeChat and an Alipay merchant number. Fifteen
-- in a hundred orders are given back in part, which makes a second tender and a second wallet row. Alipay keeps a ledger and
-- is drawn to the bank every day. One row in a thousand is wrong in one of several ways.
create temp table c_stores as
select s as n, format('S{:03d}', s) as store, format('16{:08d}', s * 7919) as wechat, format('2088{:012d}', s * 104729) as alipay,
       format('6222{:08d}', s) as bank
from range(1, 77) r(s);
insert into base.source_files (file_id, sha256, container_sha256, name, format, row_count, control_total, controls, new_rows, seen_rows, suspect_rows, broken_rows, format_confirmed, imported_at, entry_id)
select md5('chain')::uuid, 'chain', 'chain', 'chain', 'made', 0, 'none', '[]', 0, 0, 0, 0, true, timestamp '2026-09-01 00:00:00', 1;
insert into base.stores (code, name, day_cutoff, ownership, row_id, file_id, line, entry_id)
select store, store, time '00:00:00', 'own', md5(store)::uuid, md5('chain')::uuid, n, 1 from c_stores;
insert into base.accounts (row_id, account_id, channel, merchant_no, store_code, fee_rate, settlement_rule, settlement_cutoff, bank_account, file_id, line, entry_id)
select md5('w' || store)::uuid, md5('w' || store)::uuid, 'wechat', wechat, store, 0.0038, 'D1', time '24:00:00', null, md5('chain')::uuid, n, 1 from c_stores
union all
select md5('a' || store)::uuid, md5('a' || store)::uuid, 'alipay', alipay, store, 0.006, 'D1', time '24:00:00', bank, md5('chain')::uuid, n, 1 from c_stores;
create temp table c_days as select date '2026-06-01' + cast(d as integer) as day from range(92) r(d);
insert into base.coverage (kind, channel, account_no, day, file_id)
select k.kind, k.channel, case k.kind when 'till' then store when 'bank' then bank else if(k.channel = 'wechat', wechat, alipay) end, day, md5('chain')::uuid
from c_stores, c_days, (values ('till', null), ('wallet', 'wechat'), ('wallet', 'alipay'), ('ledger', 'alipay'), ('bank', null)) k(kind, channel);

create temp table c_sales as
select i, s.store, s.bank, c.day, d.channel, if(d.channel = 'wechat', s.wechat, s.alipay) as merchant,
       c.day + to_seconds(36000 + cast(hash('clock' || i) % 39600 as integer)) as moment,
       cast(800 + hash('amount' || i) % 9200 as decimal(18,2)) / 100 as amount, hash('wrong' || i) % 1000 as wrong,
       format('{}{:06d}', strftime(c.day, '%Y%m%d'), i % 1000000) || s.store as order_no,
       format('4200{:018d}', i) as number, i % 100 < 15 as returned
from range($orders) r(i)
join c_stores s on s.n = hash('store' || i) % 76 + 1
join c_days c on c.day = date '2026-06-01' + cast(hash('day' || i) % 92 as integer)
cross join lateral (select if(hash('channel' || i) % 10 < 6, 'wechat', 'alipay') as channel) d;

insert into base.orders (order_id, store_code, order_no, channel, ordered_at, business_day, list_amount, amount, status, file_id, line)
select md5('o' || i)::uuid, store, order_no, 'dine_in', moment, day, amount, amount, 'paid', md5('chain')::uuid, i from c_sales;
insert into base.tenders (tender_id, order_id, store_code, order_no, method, amount, is_refund, paid_at, merchant_no, reference, file_id, line)
select md5('t' || i)::uuid, md5('o' || i)::uuid, store, order_no, channel, amount, false, moment, merchant, number, md5('chain')::uuid, i
from c_sales
union all
select md5('b' || i)::uuid, md5('o' || i)::uuid, store, order_no, channel, -round(amount / 2, 2), true, moment + interval 20 minute, merchant, number, md5('chain')::uuid, i
from c_sales where returned and wrong <> 4;
insert into base.payments (payment_id, channel, merchant_no, external_id, merchant_order_no, refund_id, merchant_refund_no, occurred_at, kind, amount, order_amount, fee, cancelled, file_id, line)
select md5('p' || i)::uuid, channel, merchant, number, order_no, null, null, moment + interval 3 second, 'payment', if(wrong = 1, amount + 1, amount), if(wrong = 1, amount + 1, amount),
       if(wrong = 2, 0.99, round(if(wrong = 1, amount + 1, amount) * if(channel = 'wechat', 0.0038, 0.006), 2)), false, md5('chain')::uuid, i
from c_sales where wrong <> 0
union all
select md5('r' || i)::uuid, channel, merchant, number, order_no, 'R' || number, null, moment + interval 20 minute, 'refund', -round(amount / 2, 2), amount,
       -round(round(amount / 2, 2) * if(channel = 'wechat', 0.0038, 0.006), 2), false, md5('chain')::uuid, i
from c_sales where returned and wrong > 1;
insert into base.wallet_lines (wallet_line_id, channel, merchant_no, external_id, business_id, occurred_at, kind, amount, file_id, line)
select md5('l' || payment_id)::uuid, channel, merchant_no, 'L' || coalesce(refund_id, external_id), coalesce(refund_id, external_id), occurred_at, kind,
       round(amount - fee, 2), md5('chain')::uuid, line
from base.payments where channel = 'alipay' and hash('ledger' || line) % 1000 <> 0;
create temp table c_drawn as
select merchant_no, cast(occurred_at as date) as day, sum(amount) as amount from base.wallet_lines group by all;
insert into base.wallet_lines (wallet_line_id, channel, merchant_no, external_id, business_id, occurred_at, kind, amount, file_id, line)
select md5('d' || merchant_no || day)::uuid, 'alipay', merchant_no, 'D' || merchant_no || day, null, day + interval 23 hour, 'withdrawal', -amount, md5('chain')::uuid, 0 from c_drawn;
insert into base.bank_lines (bank_line_id, bank_account, posted_at, amount, counterparty, memo, external_id, file_id, line)
select md5('k' || d.merchant_no || d.day)::uuid, s.bank, d.day + interval 33 hour, d.amount, '支付宝（中国）网络技术有限公司', if(hash(s.store || d.day) % 10 < 7, '提现' || d.merchant_no, ''),
       'K' || s.n || '-' || d.day, md5('chain')::uuid, 0
from c_drawn d join c_stores s on s.alipay = d.merchant_no;
drop table c_stores;
drop table c_days;
drop table c_sales;
drop table c_drawn;
