"""长款 and 短款: cash over and short by shift, drawer and person, and patterns that are worth a talk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain.closing.months import next_month
from chainbrain.database.book import Book

ZERO: Final = Decimal("0.00")


@dataclass(frozen=True)
class Shift:
    """One counted shift (domain rule: month-end, section 4).

    Opening float + sales − refunds − paid out − banked = expected.
    ``expected`` and ``over`` are nothing where the sheet lacks the float or the sales.
    """

    cash_count_id: str
    store_id: str
    day: date
    shift: str | None
    cashier: str | None
    opening_float: Decimal | None
    sales: Decimal | None
    refunds: Decimal
    paid_out: Decimal
    banked: Decimal
    counted: Decimal | None
    expected: Decimal | None

    @property
    def over(self) -> Decimal | None:
        """Over (+) or short (−)."""
        return None if self.expected is None or self.counted is None else self.counted - self.expected


@dataclass(frozen=True)
class Tally:
    """Several shifts of one drawer or person.

    Attributes:
        key: the store's number, or the person's name.
        over, short: yuan, ``short`` negative; times in ``times_over`` and ``times_short``.
        unknown: shifts whose sheet does not say.
    """

    key: str
    shifts: int
    over: Decimal
    short: Decimal
    times_over: int
    times_short: int
    unknown: int

    @property
    def net(self) -> Decimal:
        """Over and short together."""
        return self.over + self.short


@dataclass(frozen=True)
class CashRun:
    """A pattern, worded under ``cash_run.<kind>``: ``short_often``, ``round_amounts`` or ``one_weekday``.

    Attributes:
        hits: how many shifts show it, of ``shifts`` looked at; ``cash_count_ids`` names them.
        weekday: 1 for Monday, of ``one_weekday``.
    """

    kind: str
    cashier: str
    hits: int
    shifts: int
    amount: Decimal
    weekday: int | None
    cash_count_ids: tuple[str, ...]


@dataclass(frozen=True)
class CashMonth:
    """The counted cash of one month."""

    month: date
    shifts: tuple[Shift, ...]
    drawers: tuple[Tally, ...]
    people: tuple[Tally, ...]
    runs: tuple[CashRun, ...]

    @property
    def total(self) -> Tally:
        """All shifts together."""
        return _tally("", self.shifts)


def cash(book: Book, month: date) -> CashMonth:
    """The counted shifts of a month."""
    first, after = month.replace(day=1), next_month(month)
    shifts = tuple(Shift(*row) for row in book.rows("closing/cash_shifts", first=first, after=after))
    runs = book.rows("closing/cash_runs", first=first, after=after)
    return CashMonth(
        first,
        shifts,
        _tallies(shifts, "store_id"),
        _tallies([one for one in shifts if one.cashier], "cashier"),
        tuple(CashRun(kind, who, hits, of, sum_, day, tuple(ids)) for kind, who, hits, of, sum_, day, ids in runs),
    )


def _tallies(shifts: tuple[Shift, ...] | list[Shift], by: str) -> tuple[Tally, ...]:
    groups: dict[str, list[Shift]] = {}
    for shift in shifts:
        groups.setdefault(getattr(shift, by), []).append(shift)
    return tuple(_tally(key, groups[key]) for key in sorted(groups))


def _tally(key: str, shifts: tuple[Shift, ...] | list[Shift]) -> Tally:
    known = [shift.over for shift in shifts if shift.over is not None]
    return Tally(
        key,
        len(shifts),
        sum((one for one in known if one > 0), ZERO),
        sum((one for one in known if one < 0), ZERO),
        sum(one > 0 for one in known),
        sum(one < 0 for one in known),
        len(shifts) - len(known),
    )
