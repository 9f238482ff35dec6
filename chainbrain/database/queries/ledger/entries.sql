-- The lines of the ledger that people wrote, from a day on.
select store_id, day, kind, amount, reference, note, origin, ledger_entry_id, entry_id, file_id, sheet, line
from main.ledger_entries
where store_id in (select unnest($stores)) and ($first is null or day >= $first)
order by store_id, day, kind, reference nulls last, ledger_entry_id
