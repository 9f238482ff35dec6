-- The rules as they stand, newest versions first within an agreement.
select split_rule_id, name, store_id, channel, receiver, receiver_account, basis, way, rate, fixed, cast(tiers as varchar), cap, valid_from, valid_to
from main.split_rules order by name, receiver, store_id nulls first, valid_from desc nulls last
