-- A later dated row for a key; its unit is that of the rows before.
insert into base.rules by name
select $key as key, $value as value, any_value(unit) as unit, $valid_from as valid_from, $note as note, $checked as checked_on, $entry as entry_id
from base.rules where key = $key;
