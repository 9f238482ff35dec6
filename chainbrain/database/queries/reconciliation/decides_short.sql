-- A row when a word on one of the subjects moves money on its way: a payout that is late or came short, or a deposit that may be of
-- sales from before the book.
select 1 from base.differences where code in ('D08', 'D09', 'D12') and cast(difference_id as varchar) in (select subject_id from deciding) limit 1
