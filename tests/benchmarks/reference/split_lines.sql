-- Every sale split as agreed, one line per rule.
insert into base.split_lines (split_line_id, channel, merchant_no, external_id, payment_external_id, receiver, amount, status, occurred_at, file_id, line)
select md5('l' || n || r.receiver)::uuid, 'wechat', 'M1', '36' || lpad(n::varchar, 12, '0') || r.receiver, 'T' || lpad(n::varchar, 12, '0'), r.receiver,
       floor(((n * 7919) % 30000 + 500) * r.rate)::decimal(18,2) * 0.01::decimal(2,2), 'success', timestamp '2026-08-01' + to_seconds(n % 2_592_000), md5('f')::uuid, n
from range($sales) t(n), (select receiver, rate from base.split_rules) r
