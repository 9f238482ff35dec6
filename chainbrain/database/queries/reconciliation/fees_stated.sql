-- One row: whether the bills of the merchant number behind a payment or payout state fees at all. Twenty sales that should
-- have cost something and did not are a bill without fees, not free sales.
with asked as (
    select p.channel, base.merchant_key(coalesce(p.merchant_no, f.merchant_no)) as merchant
    from base.payments p left join base.wallet_file_accounts f on f.file_id = p.file_id and f.channel = p.channel
    where p.payment_id = try_cast($record as uuid)
    union all
    select channel, base.merchant_key(merchant_no) from base.settlements where settlement_id = try_cast($record as uuid)
)
select not (count(*) >= 20 and max(abs(c.charge)) = 0) as stated
from base.charges c join asked a on a.channel = c.channel and a.merchant is not distinct from base.merchant_key(c.merchant_no)
where c.kind = 'payment' and c.basis = 'fee' and c.rate is not null and round(c.amount * c.rate, 2) <> 0
