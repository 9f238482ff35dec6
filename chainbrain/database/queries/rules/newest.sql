-- The newest value of every standing rule whose key begins with $prefix, by the rest of the key.
select substr(key, length($prefix) + 1), arg_max(value, (valid_from, coalesce(entry_id, 0)))
from base.standing_rules where starts_with(key, $prefix) group by key
