-- One row per product that the owner typed in, as it stands.
select name, lock_days, lag_days, cap, rate, risk, said_on, cutoff, working_only, daily_cap, least, step
from base.standing_cash_products order by name
