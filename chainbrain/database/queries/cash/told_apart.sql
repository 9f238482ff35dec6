-- One row per day of an item of the plan of which it was said whether it is a payment that comes again anyway.
select cast(cash_plan_id as varchar), due, answer from base.standing_cash_twice order by due, cash_plan_id
