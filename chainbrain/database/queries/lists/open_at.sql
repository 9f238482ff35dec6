-- One thing that was still open before $after: a wallet's balance, a withdrawal or payout on its way, rows that no payout holds
-- yet, what came short, openings that are not cleared. Together they are what the arrivals call still open.
-- Until $until also the openings said of days from $after on: a month's opening has in it what was said of a day within the month.
-- With $held only what the cash forecast names by channel, number, standing and record (of what no payout holds by the day), and what the
-- named days sold of numbers that have neither ledger nor payouts (sold).
with flows as (
    select channel, merchant, day, case part when 'open' then standing when 'opening' then 'opening' else 'sold' end as standing, record_type, record_id,
           if(part in ('refunds', 'fees'), -amount, amount) as amount
    from base.arrival_flows
    where ((part = 'open' and ($after is null or day < $after)) or (part = 'opening' and day >= $after and day < $until)
           or ($held is not null and part in ('gross', 'other', 'refunds', 'fees')))
      and ($channel is null or channel = $channel) and ($merchant is null or merchant = $merchant)
),
lying as (
    select channel, merchant, standing, record_type, record_id, min(day) as first_day, max(day) as last_day, sum(amount) as amount
    from flows
    where $held is null or list_contains($held::varchar[], concat_ws('|', channel, merchant, standing,
              case when standing in ('unbilled', 'sold') then cast(day as varchar) when standing in ('in_wallet', 'opening') then '' else coalesce(cast(record_id as varchar), '') end))
    group by all having sum(amount) <> 0
)
select md5(concat_ws(chr(31), l.channel, l.merchant, l.standing, l.record_type, l.record_id)) as open_id, l.channel, l.merchant, l.standing,
       coalesce(t.expected_on, r.due_on) as due_on, coalesce(w.external_id, t.external_id, p.refund_id, p.external_id) as no, l.first_day, l.last_day, l.amount,
       s.name as file, coalesce(w.line, p.line) as line
from lying l
left join base.wallet_lines w on w.wallet_line_id = if(l.record_type = 'wallet_line', l.record_id, null)
left join base.settlements t on t.settlement_id = if(l.record_type = 'settlement', l.record_id, null)
left join base.payments p on p.payment_id = if(l.record_type = 'payment', l.record_id, null)
left join base.row_states r on r.record_type = l.record_type and r.record_id = l.record_id and r.leg = 'bank'
left join base.source_files s on s.file_id = coalesce(w.file_id, t.file_id, p.file_id)
where $text is null or contains(coalesce(w.external_id, t.external_id, p.refund_id, p.external_id), $text)
   or cast(cast(l.amount as decimal(18,2)) as varchar) = $text
