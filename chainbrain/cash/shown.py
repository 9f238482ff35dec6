"""What the map has shown before: yesterday's map stays as it was, or what changed in it is told, with the files of it.

The sums of every day and place are kept as they were shown, append-only. Deriving them from the time of each import
would not do: a match that a later import makes possible moves money of earlier days as well, and leaves no row of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import polars as pl

from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.cash.moneymap import MoneyMap
    from chainbrain.database.book import Book

_SHAPE: Final = pl.Schema({"day": pl.Date(), "state": pl.String(), "amount": pl.Decimal(18, 2)})


@dataclass(frozen=True)
class Moved:
    """What one place has more or less on the last day that was shown."""

    place: str
    amount: Decimal


@dataclass(frozen=True)
class MapChange:
    """Days that were shown otherwise before.

    Attributes:
        first: the first of them; ``days`` how many.
        until: the last day that was shown; ``moved`` is what every place has more on it now, where it has.
        files: files that were imported since; empty where decisions or rules alone moved it.
    """

    first: date
    until: date
    days: int
    moved: tuple[Moved, ...]
    files: tuple[str, ...]

    @property
    def total(self) -> Decimal:
        """By how much all places together changed on the last day that was shown."""
        return sum((one.amount for one in self.moved if one.place != "stored"), Decimal("0.00"))


def compared(book: Book, found: MoneyMap) -> tuple[MapChange | None, bool]:
    """What is other in the days that were shown, if anything; and whether all there is stands as it was shown."""
    new = _new(book, found)
    until: date | None = book.one_of("select max(day) from base.shown_maps")[0]
    if until is None or new.is_empty():
        return None, new.is_empty()
    moved = new.filter((pl.col("day") <= until) & (pl.col("more") != 0))
    if moved.is_empty():
        return None, False
    first = moved["day"].min()
    assert isinstance(first, date)
    files = book.rows_of(
        "select distinct name from base.source_files where entry_id > (select max(entry_id) from base.shown_maps) "
        "and (first_day is null or first_day <= $until) order by all",
        until=until,
    )
    of_last = moved.filter(pl.col("day") == until).sort("state")
    more = tuple(Moved(place, amount) for place, amount in of_last.select("state", "more").iter_rows())
    return MapChange(first, until, moved["day"].n_unique(), more, tuple(name for (name,) in files)), False


def keep(book: Book, found: MoneyMap) -> int:
    """Write down what is shown now where it is not as written; how many sums. Inside the caller's transaction."""
    new = _new(book, found)
    if new.is_empty():
        return 0
    (number,) = book.one_of("select coalesce(max(shown_id), 0) + 1 from base.shown_maps")
    (entry,) = book.one_of("select coalesce(max(entry_id), 0) from base.history")
    book.append(
        "base.shown_maps",
        new.select(
            pl.lit(number, pl.Int64).alias("shown_id"),
            pl.lit(datetime.now().replace(microsecond=0)).alias("at"),
            pl.lit(entry, pl.Int64).alias("entry_id"),
            "day",
            "state",
            pl.col("amount").fill_null(Decimal(0)).cast(pl.Decimal(18, 2)),
        ),
    )
    return new.height


def _new(book: Book, found: MoneyMap) -> pl.DataFrame:
    """The sums that are not as they were shown, new days included, with what is more."""
    shown = book.frame_of("select day, state, amount from base.map_as_shown").cast(_SHAPE)
    both = _sums(found).join(shown, on=["day", "state"], how="full", coalesce=True, suffix="_shown")
    # A place that has nothing, and one that is not there, are the same.
    now, then = (pl.col(name).fill_null(Decimal("0.00")) for name in ("amount", "amount_shown"))
    more = both.with_columns(more=(now - then).cast(pl.Decimal(18, 2)))
    return more.filter((pl.col("more") != 0) | pl.col("amount_shown").is_null())


def _sums(found: MoneyMap) -> pl.DataFrame:
    days, places = found.river()
    rows = [
        (day, place, half_up(amount)) for place, held in places.items() for day, amount in zip(days, held, strict=True)
    ]
    return pl.DataFrame(rows, schema=_SHAPE, orient="row")
