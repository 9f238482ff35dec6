-- One row per product that the owner typed in, as it stands.
select name, lock_days, lag_days, cap, rate, risk, said_on from base.standing_cash_products order by name
