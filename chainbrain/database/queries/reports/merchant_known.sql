-- One row where a merchant number is known: by the store's accounts, by its money, or by its own payouts.
select 1
where base.merchant_key($merchant) in (
    select base.merchant_key(merchant_no) from main.merchant_accounts
    union select merchant from base.daily_flows
    union select base.merchant_key(merchant_no) from base.settlements
)
