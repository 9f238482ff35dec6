-- One row per word on a promotion or closure that was not undone, in the order in which they were said; a removed one takes the event back.
select w.at, w.removed, cast(w.event_id as varchar), w.kind, w.first_day, w.last_day, w.store_id, w.region, w.note
from base.store_event_words w join base.history h on h.entry_id = w.entry_id
where h.undone_by is null order by w.word_id
