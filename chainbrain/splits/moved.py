"""Whether the money of executed splits really moved: WeChat's split bill (分账账单) beside its fund flow (资金账单)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from chainbrain.database.book import Book

FINDINGS: Final = ("split_not_moved", "moved_not_split", "moved_amount", "not_comparable")
"""What is told, worded under ``split_moved.<code>``."""


@dataclass(frozen=True)
class Movement:
    """One finding, in yuan; what went out is above 0, what came back below.

    Attributes:
        code: one of ``FINDINGS``; ``not_comparable`` stands for all lines of a merchant number and month, not one of
            which finds its movement, though both files are there.
        number: of the split line, of the whole split where its movement is of all its lines, or the movement's own.
        due: what the split bill says; ``moved`` what the fund flow says.
        items: how many lines or movements it stands for.
    """

    code: str
    day: date
    month: date
    channel: str
    merchant_no: str
    store: str | None
    order_no: str | None
    number: str | None
    due: Decimal | None
    moved: Decimal | None
    difference: Decimal | None
    items: int

    @property
    def opens(self) -> tuple[str, Mapping[str, object]]:
        """The list of the rows it is about, and its filters: what is split of the order, else of the days around."""
        if self.order_no is not None:
            return "splits", {"channel": self.channel, "text": self.order_no}
        first, days = (self.month, 31) if self.code == "not_comparable" else (self.day - timedelta(days=1), 3)
        after = first + timedelta(days=days)
        if self.code == "not_comparable":
            after = after.replace(day=1)
        return "splits", {"channel": self.channel, "first": first, "after": after}


@dataclass(frozen=True)
class Moved:
    """How splits and movements agree: the findings, and what is no finding summed up by month and merchant number."""

    rows: tuple[Movement, ...] = ()

    @property
    def findings(self) -> tuple[Movement, ...]:
        """What is to be looked at."""
        return tuple(one for one in self.rows if one.code in FINDINGS)

    @property
    def facts(self) -> dict[str, int]:
        """So many lines or movements of each kind: the counts of the sentence ``splits.moved``.

        ``unclear`` bear a number that others bear as well; ``uncovered`` lie on days that the two files do not both
        cover.
        """
        codes = (*FINDINGS, "agreed", "unclear", "uncovered")
        return {code: sum(one.items for one in self.rows if one.code == code) for code in codes}

    def of(self, month: date) -> Moved:
        """The same of one month."""
        return Moved(tuple(one for one in self.rows if one.month == month))


def moved_of(book: Book, first: date | None, after: date | None, store: str | None) -> Moved:
    """What the two files say of each other, by day."""
    found = book.rows("splits/moved", first=first, after=after, store=store)
    return Moved(tuple(Movement(*row) for row in found))
