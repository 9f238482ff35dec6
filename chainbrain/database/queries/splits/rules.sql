-- The rules as they stand, newest versions first within an agreement; turn is their place in the table.
select split_rule_id, name, store_id, channel, receiver, receiver_account, basis, way, rate, fixed, cast(tiers as varchar), cap, valid_from, valid_to,
       receiver_kind, line as turn, file_id is null as by_hand, category
from main.split_rules order by name, receiver, store_id nulls first, channel nulls first, category nulls first, valid_from desc nulls last
