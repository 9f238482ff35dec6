-- One row per word that stands about unusual days, the newest day first.
select w.store_id, coalesce(s.name, w.store_id), w.day, w.kind, w.until, coalesce(w.note, ''), w.at, w.who
from base.standing_unusual_words w left join base.known_stores s using (store_id)
order by w.day desc, w.store_id, w.kind
