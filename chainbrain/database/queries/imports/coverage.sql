-- One row per day that an imported file vouches for. Where rows of the file were left out, nobody knows of which day they
-- are, so none of its days is whole; a payment that the till itself marks as failed is known to be no money. Neither is it
-- whole where its own balances say that rows lie between.
insert into base.coverage by name
select kind, channel, account_no, cast(unnest(generate_series(first_day, last_day, interval 1 day)) as date) as day, cast(file_id as uuid) as file_id,
       gapless and cast(file_id as uuid) not in (
           select file_id from base.left_out_rows
           where (state = 'broken' and code <> 'tender_failed') or (state = 'suspect' and code = 'repeat_or_overlap' and coalesce(decision, 'leave') = 'leave')
       ) as whole
from incoming_coverage;
