-- The ledgers of some platforms do not name their shop: whose such a file is, is found out from its name or the contracts.
alter table base.payments alter column merchant_no drop not null;

-- One payer may pay out for several channels: a Weixin shop's money lies with WeChat Pay.
insert into base.deposit_payers values
    ('weixin_shop', '财付通', '深圳市财付通支付科技有限公司'),
    ('weixin_shop', '微信支付', null),
    ('pinduoduo', '拼多多', null),
    ('pinduoduo', '付费通', '上海付费通信息服务有限公司'),
    ('youzan', '有赞', null),
    ('douyin', '抖音', null),
    ('jd', '京东', null);
