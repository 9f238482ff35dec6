-- One row per difference that counts in the month, with the step it belongs to: those of its days, and those of months that were
-- closed before the difference came up (前期).
with platforms as (
    select channel from base.coverage where kind = 'platform' union select channel from base.payments where bill_day is not null
    except select channel from base.acquirers
), kept as (
    select distinct d.difference_id from base.month_differences d join base.standing_closes c on c.entry_id = d.entry_id
), open_from as (
    select cast(max(month) + interval 1 month as date) as day from base.standing_closes
)
select cast(d.difference_id as varchar) as difference_id, d.code, d.state, d.cause, d.store_id, d.channel, d.business_day, d.due_on, d.amount, d.record_type,
       cast(d.record_id as varchar) as record_id, d.note,
       case
           when d.code = 'D10' then 'cash'
           when d.code = 'D14' then 'stored_value'
           when d.code = 'D13' then 'splits'
           when d.code = 'D15' then 'invoices'
           when d.record_type = 'bank_line' or d.cause in ('not_arrived', 'bank_amount') then 'bank'
           when d.channel in (from platforms) then 'platforms'
           when d.cause in ('bill', 'not_in_bill', 'commission', 'commission_rate', 'acquirer', 'acquirer_rate', 'ledger', 'contract', 'contract_rate') then 'settlement'
           else 'till'
       end as step, coalesce(d.business_day, d.due_on) < $first as prior
from base.differences d
cross join open_from o
where coalesce(d.business_day, d.due_on) < $after
  and (coalesce(d.business_day, d.due_on) >= $first
       or o.day = $first and coalesce(d.business_day, d.due_on) < o.day and d.difference_id not in (from kept))
order by d.code, d.business_day, d.difference_id
