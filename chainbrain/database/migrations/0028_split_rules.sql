-- 分账规则: who gets which share of what, as people wrote it down. rate for a share, fixed for so much an order, tiers
-- (JSON, from and rate of each) for a month's sum; an empty store or channel means all.
create table base.split_rules (
    name varchar not null, store_code varchar, channel varchar, receiver varchar not null, receiver_account varchar, basis varchar not null,
    way varchar not null, rate decimal(9,6), fixed decimal(18,2), tiers json, cap decimal(9,6), valid_from date, valid_to date,
    row_id uuid not null, file_id uuid not null, sheet varchar, line bigint not null, entry_id bigint not null
);
-- Of a rule that was imported again for the same stores, receiver and start, the later table counts.
create view main.split_rules as
select row_id as split_rule_id, name, store_code as store_id, channel, receiver, receiver_account, basis, way, rate, fixed, tiers, cap, valid_from, valid_to,
       file_id, line
from base.split_rules
qualify row_number() over (
    partition by name, store_code, channel, receiver, valid_from order by entry_id desc, line desc, coalesce(sheet, '') desc, row_id desc
) = 1;

-- What each part was reckoned from: the share of which base, for which store and business day; the sale that it belongs to.
drop view main.split_parts;
drop table base.split_parts;
create table base.split_parts (
    split_part_id uuid not null, payment_id uuid not null, rule varchar not null, receiver varchar not null, amount decimal(18,2) not null,
    split_rule_id uuid not null, sale_id uuid not null, store_id varchar, business_day date not null, base decimal(18,2) not null
);
create view main.split_parts as select * from base.split_parts;
