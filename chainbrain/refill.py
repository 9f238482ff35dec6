"""What a newer program reckons once of an older book, in portions that tell how far they are and can be stopped.

It runs inside the transaction of the upgrade: whoever stops it, or loses power, has the book as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from chainbrain import day_lines, facts
from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.database.book import Book

FACTS_SINCE: Final = 65
"""The version from which on a book has its daily facts; the step of this number is carried out here."""
_LABEL: Final = "progress.upgrading"


def refill(book: Book, since: int, report: Report = silent) -> None:
    """Reckon the daily facts that a book of the version ``since`` lacks, once its schema is the newest.

    Args:
        book: the book, inside the transaction of its upgrade.
        since: the version it had.
        report: told how far it is; may raise ``Cancelled``.
    """
    parts = _all_facts(book) if since < FACTS_SINCE else _younger_facts(book)
    for number, part in enumerate(parts):
        report(number, len(parts), _LABEL)
        part()
    report(len(parts), len(parts), _LABEL)


def _all_facts(book: Book) -> list[Callable[[], None]]:
    # Money on its way is read from the rows until the next reconciliation sums it up.
    return [
        partial(facts.see_stores, book),
        *(partial(facts.sold, book, days) for days in facts.portions(book)),
        partial(facts.placed, book),
        partial(facts.unmatched, book),
    ]


def _younger_facts(book: Book) -> list[Callable[[], None]]:
    return [
        partial(book.run, "facts/bank"),
        partial(book.run, "facts/by_channel"),
        partial(book.run, "facts/parts", **facts.span(None)),
        partial(day_lines.keep, book),
    ]
