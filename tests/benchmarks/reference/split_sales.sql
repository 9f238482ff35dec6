-- The sales of one merchant number in a month, each of another amount.
insert into base.payments (payment_id, channel, merchant_no, external_id, occurred_at, kind, amount, fee, cancelled, file_id, line)
select md5('p' || n)::uuid, 'wechat', 'M1', 'T' || lpad(n::varchar, 12, '0'), timestamp '2026-08-01' + to_seconds(n % 2_592_000), 'payment',
       ((n * 7919) % 30000 + 500)::decimal(18,2) * 0.01::decimal(2,2), 0, false, md5('f')::uuid, n
from range($sales) t(n)
