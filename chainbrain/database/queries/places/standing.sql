-- One word that stands per row, the newest first.
select kind, store_code, channel, merchant_no, terminal_no, store_hint, code, name, city, valid_from, valid_to, entry_id, "at", who
from base.standing_placements order by placement_id desc
