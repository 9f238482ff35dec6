-- A person took the suspect rows: each becomes a row of its own, told apart by the file and line that brought it.
update classified_{kind}
set state = 'new', code = null,
    record_id = cast(md5(concat_ws(chr(31), record_id, file_id, coalesce(sheet, ''), line)) as uuid)
where state = 'suspect';
