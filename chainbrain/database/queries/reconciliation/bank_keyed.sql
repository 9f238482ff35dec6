-- One round of keyed deposits: of the pairs that meet the demand of this stage, those that are each other's only one.
insert into r_arrived
with open_pairs as (
    select p.*, count(*) over (partition by bank_line_id) as of_line, count(*) over (partition by record_id) as of_record
    from r_bank_pairs p join r_memo_days using (record_id)
    where bank_line_id not in (select bank_line_id from r_arrived) and record_id not in (select record_id from r_arrived)
      and record_id not in (from r_doubtful)
      and case $stage
          when 'batch_number' then by_batch and exact
          -- a day says one thing to a channel: read the other way it may name the equal payout of the day before
          when 'merchant_and_day' then by_merchant and by_day and exact and not says_sales_day
          -- a learned payout comes within days: much later the amount may as well be that of a day whose bill is not there
          when 'merchant_and_amount'
          then by_merchant and exact and (turn is null or posted <= expected_on + 2) and (record_id, bank_line_id) not in (from r_spoken_against)
               and (record_id, bank_line_id) not in (from r_maybe_on_time)
               and not exists (from r_alike a where a.record_id = p.record_id and a.due between p.posted - 7 and p.posted)
          when 'merchant_and_sales_day' then by_merchant and by_sales_day and exact
          when 'batch_number_other_amount' then by_batch
          -- another amount, but of the same order: a bonus or a fee under the same merchant number is not this payout
          when 'merchant_and_day_other_amount'
          then by_merchant and turn is null and case when says_sales_day then by_sales_day else by_day end and amount >= expected * 0.5 and amount <= expected * 1.5
      end
)
select md5(concat_ws(chr(31), 'settlement_bank', record_id, bank_line_id))::uuid, bank_line_id, record_id, $stage, null, null, null, posted - day from open_pairs where of_line = 1 and of_record = 1;
