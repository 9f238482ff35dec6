-- Of a file with rows that waited for the suspect record on their line and were left with it, no day is whole.
update base.coverage set whole = false
where file_id in (select file_id from writing_files)
  and file_id in (select file_id from classified_lines where state = 'suspect' and found = 'new');
