"""What a person says of a store's unusual days: one day explained, or no alarms of the store for a while."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from chainbrain.errors import UserError

if TYPE_CHECKING:
    from chainbrain.analytics.anomalies import Anomaly
    from chainbrain.database.book import Book

KNOWN: Final = "known"
QUIET: Final = "quiet"
LONGEST: Final = timedelta(days=92)
"""A store may be left in peace for a quarter; after that somebody has to look again."""
LONGEST_NOTE: Final = 200


@dataclass(frozen=True)
class UnusualWord:
    """A word that stands.

    Attributes:
        day: the unusual day that is explained, or the first one without alarms.
        kind: ``known`` or ``quiet``.
        until: the last day without alarms; nothing for ``known``.
        note: why; never empty for ``quiet``.
    """

    store_id: str
    name: str
    day: date
    kind: str
    until: date | None
    note: str
    at: datetime
    who: str


def standing(book: Book) -> tuple[UnusualWord, ...]:
    """Every word that stands, the newest day first."""
    return tuple(UnusualWord(*row) for row in book.rows("analytics/unusual_words"))


def covering(words: Sequence[UnusualWord], found: Anomaly) -> UnusualWord | None:
    """The word that makes an alarm needless: the same day explained, or the store left in peace on it."""
    for word in words:
        if word.store_id != found.store_id:
            continue
        if word.kind == KNOWN and word.day == found.day:
            return word
        if word.kind == QUIET and word.until is not None and word.day <= found.day <= word.until:
            return word
    return None


def remembered(words: Sequence[UnusualWord], found: Anomaly) -> str:
    """What was said of an earlier day of the same run, so that nobody explains it twice."""
    first = found.day - timedelta(days=found.run_days - 1)
    notes = (word.note for word in words if word.store_id == found.store_id and first <= word.day < found.day)
    return next((note for note in notes if note), "")


def checked(store: str, day: date, until: date | None, note: str, known: Sequence[str]) -> str:
    """The note as it is kept.

    Args:
        store: the store's number.
        day: the unusual day, or the first one without alarms.
        until: the last one; nothing where only the day is explained.
        note: why.
        known: the numbers of the stores of the book.

    Raises:
        UserError: ``unusual.store``, ``unusual.until``, ``unusual.why`` or ``unusual.long``.
    """
    if store not in known:
        raise UserError("unusual.store", value=store)
    kept = " ".join(note.split())
    if len(kept) > LONGEST_NOTE:
        raise UserError("unusual.long", longest=LONGEST_NOTE, length=len(kept))
    if until is not None:
        if not day <= until <= day + LONGEST:
            raise UserError("unusual.until", value=until, first=day, last=day + LONGEST)
        if not kept:
            raise UserError("unusual.why")
    return kept
