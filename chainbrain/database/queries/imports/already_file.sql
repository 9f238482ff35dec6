-- The file of this id, when the book has it: under which name and when it came.
select name, imported_at from base.source_files where file_id = cast($file as uuid);
