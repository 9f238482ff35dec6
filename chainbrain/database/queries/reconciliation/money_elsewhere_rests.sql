-- Whether money on its way is another only at the numbers of the rows that came: nothing moved at the banks, no receipt is told twice,
-- and every payout is of one number.
select bank_rests()
       and not exists (from moved_numbers where merchant = '-')
       and not exists (from base.matches where kind = 'payment_bridge')
       and not exists (from base.settlements where merchant_no is null)
       and not exists (from r_scope where kind = 'settlement')
