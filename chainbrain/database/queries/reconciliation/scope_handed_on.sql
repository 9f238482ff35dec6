-- Whether splits came that a platform or acquirer takes off its payouts: they change the sum of bills.
select 1 from base.split_lines
where file_id in (from r_news) and channel in (
    select channel from base.coverage where kind = 'platform' union select channel from base.payments where bill_day is not null
)
limit 1
