-- One imported file per row: how many of its rows the book has, and how many were left out as suspect or broken.
select cast(file_id as varchar), new_rows + seen_rows, suspect_rows, broken_rows from base.source_files;
