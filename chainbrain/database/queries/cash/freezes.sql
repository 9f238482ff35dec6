-- One row per frozen forecast that stands, the newest first.
select entry_id, "at", who, name, known_to, with_irregular, digest from base.standing_cash_freezes order by entry_id desc
