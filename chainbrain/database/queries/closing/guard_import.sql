-- The latest closed month that stands on a file of the import: it has days before the first open one, or is a table of the chain's own.
select max(c.month)
from base.month_files f join base.standing_closes c on c.entry_id = f.entry_id
where f.import_entry = $entry and (f.first_day is null or f.first_day < $after) and (f.first_day is null or f.first_day < c.month + interval 1 month)
