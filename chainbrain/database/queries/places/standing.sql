-- One word that stands per row, the newest first; $every stands for all files of the channel that name no shop.
select store_code, channel, merchant_no, terminal_no, store_hint, code, name, city, valid_from, valid_to,
       case when kind = 'file' then coalesce(cast(file_id as varchar), $every) end as file, entry_id, "at", who
from base.standing_placements order by placement_id desc
