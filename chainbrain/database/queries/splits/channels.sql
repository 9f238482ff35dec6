-- The channels that a rule may be for: those that the book has money, contracts or rules of, and the two that split.
select channel from (
    select distinct channel from base.payments union select distinct channel from main.merchant_accounts
    union select distinct channel from main.split_rules union values ('wechat'), ('alipay')
) where channel is not null and channel not in ('other', 'bank', 'cash') order by channel
