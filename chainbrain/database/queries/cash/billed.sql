-- One row per merchant number: the last day that its bills reach.
select channel, base.merchant_key(account_no), max(day) from base.coverage
where kind in ('wallet', 'platform') and channel is not null and base.merchant_key(account_no) is not null
group by all order by all
