-- How many rows of each file were folded into the record of another row: products and charges of one order.
update base.source_files set folded_rows = f.folded
from (
    select file_id, sum(rows - 1) as folded
    from (select file_id, sheet, line, max(rows) as rows from classified_lines where state <> 'suspect' group by file_id, sheet, line)
    where file_id in (select file_id from writing_files) group by file_id having sum(rows - 1) > 0
) f
where source_files.file_id = f.file_id;
