"""What is there and what is missing: a freshness line for one day, and the matrix of stores or sources by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from chainbrain.analytics.periods import Period

if TYPE_CHECKING:
    from chainbrain.database.book import Book


@dataclass(frozen=True)
class StoreName:
    """A store as people call it; without a master row the number stands for the name."""

    store_id: str
    name: str


@dataclass(frozen=True)
class SourceFreshness:
    """One source (``till`` or a channel) on one day: stores whose file is there, of those that should have one."""

    source: str
    present: int
    expected: int
    missing: tuple[StoreName, ...]

    @property
    def kind(self) -> str:
        """``till`` or ``channel``."""
        return "till" if self.source == "till" else "channel"

    @property
    def channel(self) -> str | None:
        """The channel; nothing for the tills."""
        return None if self.source == "till" else self.source


@dataclass(frozen=True)
class Freshness:
    """Up to which day the book has sales, and what lacks on that day; banks are known up to a moment."""

    day: date
    sources: tuple[SourceFreshness, ...]
    bank_until: datetime | None

    @property
    def incomplete(self) -> tuple[StoreName, ...]:
        """The stores that lack any file on that day, each once."""
        return tuple(sorted({store for line in self.sources for store in line.missing}, key=lambda s: s.store_id))


@dataclass(frozen=True)
class Cell:
    """One day of one row. state: ``full``, ``part``, ``missing``, ``closed``, or ``none`` when nothing was expected."""

    state: str
    present: int = 0
    missing: int = 0
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class MatrixRow:
    """A store (``key`` is its number) or a source (``till`` or a channel), one cell per day of the matrix."""

    key: str
    name: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """The completeness matrix of a period."""

    days: tuple[date, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def missing(self) -> int:
        """The number of files that lack."""
        return sum(cell.missing for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class SourceDay:
    """One source of one store on one day; ``lacking`` when the file of any of its accounts is missing."""

    source: str
    store: StoreName
    lacking: bool


@dataclass(frozen=True)
class Lack:
    """A run of days without a break on which one source of one store has no file; a till's account is its store."""

    source: str
    account_no: str
    store: StoreName
    first: date
    last: date
    days: int


def lacking(book: Book, period: Period, stores: Sequence[str] | None = None) -> tuple[Lack, ...]:
    """Every file that lacks in a period, as runs of days, by store, source and first day."""
    found = book.rows(
        "analytics/lacking",
        first=period.first,
        after=period.after,
        stores=list(stores) if stores is not None else None,
        channel=None,
    )
    return tuple(Lack(source, number, StoreName(key, name), *run) for key, name, source, number, *run in found)


def sources_on(book: Book, day: date, stores: Sequence[str] | None = None) -> tuple[SourceDay, ...]:
    """What should be there on one day, by source and store; asked once of a book that stands still."""
    # Of all stores, whichever are looked at: the same day is asked for each of them.
    told = book.told((sources_on, day), lambda: _sources_on(book, day))
    if stores is None:
        return told
    chosen = frozenset(stores)
    return tuple(one for one in told if one.store.store_id in chosen)


def _sources_on(book: Book, day: date) -> tuple[SourceDay, ...]:
    found = book.rows("analytics/sources_on", day=day, after=day + timedelta(days=1))
    return tuple(SourceDay(source, StoreName(store, name), lacking) for source, store, name, lacking in found)


def store_names(book: Book) -> dict[str, str]:
    """Every store as people call it, by its number; asked once of a book that stands still."""
    return book.told(store_names, lambda: dict(book.rows("analytics/store_names")))


def freshness(book: Book, day: date, stores: Sequence[str] | None = None) -> Freshness:
    """What is there on one day, source by source; the till first.

    Args:
        book: the book to read.
        day: usually the last day with sales (``periods.known(book).last``).
        stores: only these store numbers; all when left out.
    """
    lines: dict[str, list[SourceDay]] = defaultdict(list)
    for line in sources_on(book, day, stores):
        lines[line.source].append(line)
    sources = tuple(
        SourceFreshness(source, sum(not line.lacking for line in of), len(of), tuple(x.store for x in of if x.lacking))
        for source, of in sorted(lines.items(), key=lambda item: (item[0] != "till", item[0]))
    )
    return Freshness(day, sources, book.one_of("select max(posted_at) from base.bank_lines")[0])


def matrix(book: Book, period: Period, by: str = "store", stores: Sequence[str] | None = None) -> Matrix:
    """The completeness of every day of a period.

    Args:
        book: the book to read.
        period: the days of the columns.
        by: ``store`` for a row per store, ``source`` for a row per till, wallet or platform.
        stores: only these store numbers; all when left out.
    """
    rows = book.rows(
        "analytics/completeness",
        first=period.first,
        after=period.after,
        by=by,
        stores=list(stores) if stores is not None else None,
    )
    names: dict[str, str | None] = {}
    cells: dict[str, dict[date, Cell]] = defaultdict(dict)
    for key, name, day, present, missing, closed, lacking in rows:
        names[key] = name
        cells[key][day] = Cell(_state(present, missing, closed), present, missing, tuple(sorted(lacking or ())))
    nothing = Cell("none")
    days = tuple(period)
    ordered = sorted(names, key=lambda key: (key != "till", key) if by == "source" else (False, key))
    return Matrix(
        days, tuple(MatrixRow(k, names[k], tuple(cells[k].get(day, nothing) for day in days)) for k in ordered)
    )


def _state(present: int, missing: int, closed: int) -> str:
    if missing:
        return "part" if present else "missing"
    return "full" if present or not closed else "closed"
