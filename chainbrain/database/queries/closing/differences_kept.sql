-- One row per difference that a close keeps.
with platforms as (
    select channel from base.coverage where kind = 'platform' union select channel from base.payments where bill_day is not null
    except select channel from base.acquirers
)
select cast(d.difference_id as varchar), d.code, d.state, d.cause, d.store_id, d.channel, d.business_day, d.due_on, d.amount, d.record_type,
       cast(d.record_id as varchar), d.note,
       case
           when d.code = 'D10' then 'cash'
           when d.code = 'D14' then 'stored_value'
           when d.code = 'D13' then 'splits'
           when d.code = 'D15' then 'invoices'
           when d.record_type = 'bank_line' or d.cause in ('not_arrived', 'bank_amount') then 'bank'
           when d.channel in (from platforms) then 'platforms'
           when d.cause in ('bill', 'not_in_bill', 'commission', 'commission_rate', 'acquirer', 'acquirer_rate', 'ledger', 'contract', 'contract_rate') then 'settlement'
           else 'till'
       end, coalesce(d.business_day, d.due_on) < $first
from base.month_differences d where d.entry_id = $entry
order by d.code, d.business_day, d.difference_id
