"""What a newer program reckons once of an older book, in portions that tell how far they are and can be stopped.

It runs inside the transaction of the upgrade: whoever stops it, or loses power, has the book as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from chainbrain import facts, kept_days
from chainbrain.errors import Cancelled
from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.database.book import Book

FACTS_SINCE: Final = 65
"""The version from which on a book has its daily facts; the step of this number is carried out here."""
LATE_SINCE: Final = 75
"""The version from which on money on its way has its late part as it is now beside it; both are summed up together."""
# Whoever cancels has an answer within a second.
_MOMENT: Final = 0.3
_LABEL: Final = "progress.upgrading"


def refill(book: Book, since: int, report: Report = silent) -> None:
    """Reckon the daily facts that a book of the version ``since`` lacks, once its schema is the newest.

    Args:
        book: the book, inside the transaction of its upgrade.
        since: the version it had.
        report: told how far it is; may raise ``Cancelled``.
    """
    parts = _all_facts(book) if since < FACTS_SINCE else _younger_facts(book, since)
    if since < LATE_SINCE:
        # Read from the rows of a large book it would take minutes whenever the overview is looked at, until somebody
        # reconciles again.
        parts.append(partial(facts.matched, book))
    for number, part in enumerate(parts):
        with _stoppable(book, partial(report, number, len(parts), _LABEL)):
            part()
    report(len(parts), len(parts), _LABEL)


@contextmanager
def _stoppable(book: Book, ask: Callable[[], None]) -> Iterator[None]:
    """Ask now and every moment whether to go on; a statement under way is interrupted when the answer is no."""
    ask()
    done = Event()

    def watch() -> None:
        stopped = False
        while not done.wait(_MOMENT):
            try:
                ask()
            except Cancelled:
                stopped = True
            if stopped:
                # Between two statements nothing hears it: until the part has ended.
                book.interrupt()

    watcher = Thread(target=watch, name="upgrade", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _all_facts(book: Book) -> list[Callable[[], None]]:
    return [
        partial(facts.see_stores, book),
        *(partial(facts.sold, book, days) for days in facts.portions(book)),
        partial(facts.placed, book),
        partial(facts.unmatched, book),
    ]


def _younger_facts(book: Book, since: int) -> list[Callable[[], None]]:
    """Those that came later, each by the version from which on a book has it: on a large book they take minutes."""
    all_days = facts.span(None)
    younger: list[tuple[int, Callable[[], None]]] = [
        (72, partial(book.run, "facts/bank")),
        (71, partial(book.run, "facts/by_channel")),
        (73, partial(book.run, "facts/parts", **all_days)),
        (82, partial(kept_days.keep, book)),
    ]
    return [part for version, part in younger if since < version]
