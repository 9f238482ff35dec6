-- One row per movement of money on its way to the bank that is known before $after, with the month in which it counts: its own, or
-- the first open one where the row, the deposit's match or the word came after that month was closed.
create or replace temp table close_flows as
with floors as (
    select file_id, floor from base.file_floors where floor > (select min(month) from base.standing_closes)
), received as (
    select distinct r.bank_line_id, r.channel, c.month from base.month_received r join base.standing_closes c on c.entry_id = r.entry_id
), next_open as (
    select cast(max(month) + interval 1 month as date) as month from base.standing_closes
), late as (
    select 'payment' as record_type, payment_id as record_id, floor from base.payments join floors using (file_id)
    union all select 'wallet_line', wallet_line_id, floor from base.wallet_lines join floors using (file_id)
    union all select 'opening', opening_id, floor from base.openings join floors using (file_id)
), moved as (
    select f.channel, f.merchant, f.day, f.part, f.amount, f.record_type, f.record_id,
           if(f.record_type = 'bank_line', coalesce(k.month, n.month), l.floor) as floor
    from base.arrival_flows f
    cross join next_open n
    left join received k on k.bank_line_id = f.record_id and k.channel = f.channel
    left join late l on l.record_type = f.record_type and l.record_id = f.record_id
    where f.part <> 'open' and f.day < $after
), said as (
    select d.difference_id, max(c.month) as month
    from base.month_differences d join base.standing_closes c on c.entry_id = d.entry_id where d.state = 'excluded' group by all
)
select channel, merchant, day, part, amount, record_type, record_id, cast(greatest(date_trunc('month', day), floor) as date) as month from moved
union all
select w.channel, w.merchant, w.day, 'adjustments', w.amount, w.record_type, w.record_id,
       cast(greatest(date_trunc('month', w.day), coalesce(s.month, n.month)) as date)
from base.written_off_flows w cross join next_open n left join said s on s.difference_id = w.difference_id where w.day < $after;
