"""Where a person writes promotions and temporary closures of stores; each with an entry to undo."""

from __future__ import annotations

from datetime import datetime

from chainbrain.cash import events
from chainbrain.cash.events import StoreEvent
from chainbrain.cash.room import CashRoom
from chainbrain.changes import Changes
from chainbrain.database import history
from chainbrain.database.bookfile import BookFile
from chainbrain.database.lock import who
from chainbrain.errors import UserError


class EventDesk:
    """What a person writes; ``workspace.undo`` takes it back."""

    def __init__(self, file: BookFile) -> None:
        self._file = file
        self._room = CashRoom(file.book)

    def write(self, event: StoreEvent) -> Changes:
        """Write an event; one with the number of an event that stands takes its place.

        Raises:
            UserError: ``event.unknown``, or what ``events.checked`` refuses; nothing was written.
        """
        stores = {key: region for key, _name, region in self._room.stores()}
        event = events.checked(event, stores)
        if event.event_id:
            self._standing(event.event_id)
        return self._say(event, "store_event", removed=False)

    def remove(self, event_id: str) -> Changes:
        """Take an event back.

        Raises:
            UserError: ``event.unknown``; nothing was written.
        """
        return self._say(self._standing(event_id), "store_event_removed", removed=True)

    def _standing(self, event_id: str) -> StoreEvent:
        found = next((one for one in self._room.events() if one.event_id == event_id), None)
        if found is None:
            raise UserError("event.unknown", event=event_id)
        return found

    def _say(self, event: StoreEvent, kind: str, *, removed: bool) -> Changes:
        book = self._file.book
        with book.transaction():
            # What is planned moves no closed month, so its days are not ones that a close holds.
            facts = {
                "event_kind": event.kind, "from_day": event.first, "to_day": event.last,
                "place": event.store_id or event.region or "",
            }  # fmt: skip
            entry_id = history.add(book, kind, facts, undoable=True)
            book.run(
                "cash/add_event",
                entry=entry_id, at=datetime.now().replace(microsecond=0), who=who(), event=event.event_id or None,
                removed=removed, kind=event.kind, store=event.store_id, region=event.region, first=event.first,
                last=event.last, note=event.note,
            )  # fmt: skip
        self._file.acknowledge()
        return Changes(frozenset({"store_events"}), entry_id)
