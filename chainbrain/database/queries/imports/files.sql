-- One imported file per row, the newest first.
select cast(file_id as varchar), name, format, layout, first_day, last_day, row_count, new_rows, suspect_rows, broken_rows,
       control_total, imported_at, entry_id
from base.source_files order by imported_at desc, name;
