-- Reconciliation: how merchant numbers compare, and who pays out for which channel (editable rows).

-- An Alipay account is printed as 16 digits (PID) or as 20 (PID followed by 0156); both are the same merchant.
create macro base.merchant_key(number) as
    case when length(number) = 20 and number like '2088%0156' then left(number, 16) else nullif(trim(number), '') end;

-- Bank accounts are printed with and without blanks and dashes.
create macro base.account_key(number) as nullif(regexp_replace(number, '[^0-9A-Za-z]', '', 'g'), '');

-- A bank line whose payer's name contains the pattern can be a payout of the channel.
create table base.deposit_payers (channel varchar not null, pattern varchar not null, note varchar);
insert into base.deposit_payers values
    ('wechat', '财付通', '深圳市财付通支付科技有限公司'),
    ('wechat', '微信支付', null),
    ('alipay', '支付宝', '支付宝（中国）网络技术有限公司'),
    ('meituan', '钱袋宝', '北京钱袋宝支付技术有限公司'),
    ('meituan', '三快', '北京三快在线科技有限公司'),
    ('meituan', '美团', null),
    ('eleme', '拉扎斯', null),
    ('eleme', '饿了么', null),
    ('chinaums', '银联商务', '银联商务股份有限公司及各地分公司'),
    ('lakala', '拉卡拉', '拉卡拉支付股份有限公司'),
    ('allinpay', '通联', '通联支付网络服务股份有限公司'),
    ('douyin', '合众易宝', '武汉合众易宝科技有限公司'),
    ('jd', '网银在线', '网银在线（北京）科技有限公司');
