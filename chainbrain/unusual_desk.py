"""Where a person says that an unusual day is known, or leaves a store in peace; each with an entry to undo."""

from __future__ import annotations

from datetime import date, datetime

from chainbrain.analytics import anomalies, unusual
from chainbrain.analytics.unusual import UnusualWord
from chainbrain.changes import Changes
from chainbrain.database import history
from chainbrain.database.bookfile import BookFile
from chainbrain.database.lock import who
from chainbrain.errors import UserError


class UnusualDesk:
    """What a person writes; ``workspace.undo`` takes it back."""

    def __init__(self, file: BookFile) -> None:
        self._file = file

    def say(self, store: str, day: date, note: str = "", until: date | None = None) -> Changes:
        """Explain one unusual day, or with ``until`` ask for no alarms of the store from ``day`` to it.

        Raises:
            UserError: what ``unusual.checked`` refuses, or ``unusual.no_alarm`` for a day that is not unusual and so
                has nothing to explain; nothing was written.
        """
        stores = [row[0] for row in self._file.book.rows_of("select store_id from main.stores")]
        note = unusual.checked(store, day, until, note, stores)
        if until is None and not self._alarmed(store, day):
            raise UserError("unusual.no_alarm", store=store, day=day)
        return self._write(store, day, unusual.KNOWN if until is None else unusual.QUIET, note, until, removed=False)

    def take_back(self, store: str, day: date) -> Changes:
        """Let the alarms of this store and day stand again: the newest word of that day is taken back.

        Raises:
            UserError: ``unusual.nothing``; nothing was written.
        """
        words = unusual.standing(self._file.book)
        found = max((word for word in words if (word.store_id, word.day) == (store, day)), key=_said_at, default=None)
        if found is None:
            raise UserError("unusual.nothing", store=store, day=day)
        return self._write(store, day, found.kind, found.note, found.until, removed=True)

    def _alarmed(self, store: str, day: date) -> bool:
        # Its own alarm counts even where a day has more alarms than are listed.
        found = anomalies.find(self._file.book, day, spared=lambda one: one.store_id == store)
        return any((one.store_id, one.day) == (store, day) for one in found)

    def _write(self, store: str, day: date, kind: str, note: str, until: date | None, *, removed: bool) -> Changes:
        book = self._file.book
        with book.transaction():
            # What is said of a sale's day moves no figure, so no closed month holds it back: its name is not "day".
            facts = {"store": store, "of": day, "until": until, "note": note}
            entry_id = history.add(book, "unusual_heard" if removed else f"unusual_{kind}", facts, undoable=True)
            book.run(
                "analytics/add_unusual_word",
                entry=entry_id, at=datetime.now().replace(microsecond=0), who=who(), store=store, day=day, kind=kind,
                removed=removed, until=until, note=note or None,
            )  # fmt: skip
        self._file.acknowledge()
        return Changes(frozenset({"unusual"}), entry_id)


def _said_at(word: UnusualWord) -> datetime:
    return word.at
