-- One dated rule per row; of those that begin on the same day the one written last stands last.
select key, value, unit, valid_from, valid_to, source, checked_on, note
from base.standing_rules order by key, valid_from, entry_id nulls first, value;
