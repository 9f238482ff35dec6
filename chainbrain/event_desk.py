"""Where a person writes promotions and temporary closures of stores; each with an entry to undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
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
        (event,) = self._checked([event])
        if event.event_id:
            self._standing(event.event_id)
        return self._say([event], "store_event", _facts(event))

    def write_table(self, table: Sequence[StoreEvent]) -> tuple[int, Changes]:
        """Write the events of a table, all or none of them, but those that stand already; how many were new.

        Raises:
            UserError: what ``events.checked`` refuses; nothing was written.
        """
        standing = {replace(one, event_id="") for one in self._room.events()}
        # A table may say the same twice.
        new = [one for one in dict.fromkeys(self._checked(table)) if one not in standing]
        if not new:
            return 0, Changes(frozenset())
        facts = {"count": len(new), "first": min(one.first for one in new), "last": max(one.last for one in new)}
        return len(new), self._say(new, "store_events_table", facts)

    def remove(self, event_id: str) -> Changes:
        """Take an event back.

        Raises:
            UserError: ``event.unknown``; nothing was written.
        """
        event = self._standing(event_id)
        return self._say([event], "store_event_removed", _facts(event), removed=True)

    def _checked(self, said: Sequence[StoreEvent]) -> list[StoreEvent]:
        stores = {key: region for key, _name, region in self._room.stores()}
        cities = self._room.cities()
        return [events.checked(one, stores, cities) for one in said]

    def _standing(self, event_id: str) -> StoreEvent:
        found = next((one for one in self._room.events() if one.event_id == event_id), None)
        if found is None:
            raise UserError("event.unknown", event=event_id)
        return found

    def _say(
        self, said: Sequence[StoreEvent], kind: str, facts: dict[str, object], *, removed: bool = False
    ) -> Changes:
        book, at = self._file.book, datetime.now().replace(microsecond=0)
        with book.transaction():
            entry_id = history.add(book, kind, facts, undoable=True)
            for event in said:
                book.run(
                    "cash/add_event",
                    entry=entry_id, at=at, who=who(), event=event.event_id or None, removed=removed, kind=event.kind,
                    store=event.store_id, region=event.region, first=event.first, last=event.last, note=event.note,
                )  # fmt: skip
        self._file.acknowledge()
        return Changes(frozenset({"store_events"}), entry_id)


def _facts(event: StoreEvent) -> dict[str, object]:
    # What is planned moves no closed month, so its days are not ones that a close holds.
    return {
        "event_kind": event.kind, "from_day": event.first, "to_day": event.last,
        "place": event.store_id or event.region or "",
    }  # fmt: skip
