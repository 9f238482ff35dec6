-- One row per item of the plan of payments as it stands.
select cast(cash_plan_id as varchar), day, party, kind, amount, cycle, until, note, file_id is null as by_hand, grounds
from main.cash_plans order by day, party, kind, amount desc, note, cash_plan_id
