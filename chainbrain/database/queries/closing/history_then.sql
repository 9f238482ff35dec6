-- The history as it stood when a month was closed: what was taken back later still stands.
select * replace (if(undone_by > $entry, null, undone_by) as undone_by) from base.history where entry_id < $entry
