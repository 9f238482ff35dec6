-- What the book knows of a merchant number: whether it occurs, whether only the deposits show its payouts, and how many
-- rates its contracts have.
select exists (select 1 from main.merchant_accounts where channel = $channel and base.merchant_key(merchant_no) = $merchant)
       or exists (select 1 from base.payments where channel = $channel and base.merchant_key(merchant_no) = $merchant) as known,
       exists (select 1 from base.straight_merchants where channel = $channel and merchant = $merchant) as straight,
       (
           select count(distinct fee_rate) from main.merchant_accounts
           where channel = $channel and base.merchant_key(merchant_no) = $merchant and bank_account is not null
       ) as rates
