-- A row when one of the subjects is a payout that is late or came short.
select 1 from base.differences where code in ('D08', 'D12') and cast(difference_id as varchar) in (select subject_id from deciding) limit 1
