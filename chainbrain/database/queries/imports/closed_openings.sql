-- The first closed month into which an opening balance of wallets or of money on its way of this import falls, and the first open day.
select cast(min(c.month) as date), (select cast(max(month) + interval 1 month as date) from base.standing_closes)
from base.openings o
join base.source_files f on f.file_id = o.file_id and f.entry_id = $entry
join base.standing_closes c on o.day < c.month + interval 1 month
where o.kind in ('wallet', 'in_transit')
