-- The chain of a large made-up book, whose days large_book.sql then fills: stores, contracts, and what the files vouch for.
create or replace macro large_id(kind, number) as cast(md5(kind || number) as uuid);
create or replace macro large_day(first, number) as cast(first as date) + cast(number as integer);

insert into base.stores by name
select printf('S%04d', s) as code, printf('第%d店', s) as name, ['深圳', '广州', '东莞', '佛山', '惠州'][1 + s % 5] as city, '华南' as region,
       if(s % 4 = 0, 'franchise', 'own') as ownership, $first::date - 400 as opened_on, null as closed_on, time '04:00:00' as day_cutoff,
       large_id('store', s) as row_id, large_id('file', 'stores') as file_id, s as line, 1 as entry_id
from range(1, $stores + 1) t(s);

insert into base.accounts by name
select large_id('account', c.channel || s) as row_id, large_id('account', c.channel || s) as account_id, c.channel, c.head || (1000000 + s) as merchant_no,
       printf('S%04d', s) as store_code, printf('第%d店有限公司', s) as legal_entity, c.rate as fee_rate, 'T1' as settlement_rule,
       '755900000001' as bank_account, $first::date - 400 as valid_from, large_id('file', 'accounts') as file_id, s as line, 1 as entry_id
from range(1, $stores + 1) t(s), (values ('wechat', '160', 0.006), ('alipay', '208', 0.006), ('meituan', '50', 0.18)) c(channel, head, rate);

-- Each store sends one till file a day, and each channel one bill per store and day; one store-day in 500 lacks its till file.
insert into base.coverage by name
select 'till' as kind, null as channel, printf('S%04d', s) as account_no, large_day($first, d) as day, large_id('file', 'till' || d) as file_id, true as whole
from range(1, $stores + 1) t(s), range(0, $days) u(d) where (s * 31 + d * 17) % 500 <> 0
union all
select if(a.channel = 'meituan', 'platform', 'wallet'), a.channel, a.merchant_no, large_day($first, d), large_id('file', a.channel || d), true
from base.accounts a, range(0, $days) u(d);

insert into base.history values (1, $first::timestamp, 'large', 'import', '{}', true, null, null), (2, $first::timestamp, 'large', 'reconcile', '{}', false, null, null);
insert or replace into base.meta values ('reconciled_entry', '2');
insert into base.source_files by name
select large_id('file', 'till') as file_id, md5('till') as sha256, md5('till') as container_sha256, 'till.csv' as name, 'chainbrain-orders' as format,
       $first::date as first_day, large_day($first, $days - 1) as last_day, 1 as row_count, 'none' as control_total, '{}' as controls, 1 as new_rows,
       0 as seen_rows, 0 as suspect_rows, 0 as broken_rows, true as format_confirmed, $first::timestamp as imported_at, 1 as entry_id;
