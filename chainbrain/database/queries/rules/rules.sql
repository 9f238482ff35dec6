-- One dated rule per row.
select key, value, unit, valid_from, valid_to, source, checked_on, note from base.rules order by key, valid_from;
