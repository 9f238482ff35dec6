-- What a day was before one edit, from the audit log.
select before->>'kind', before->>'name', cast(before->>'projected' as boolean)
from base.audit_log where what = 'holiday' and cast(after->>'entry' as bigint) = $entry;
