"""The money map as it is shown: places from the rows, claims from the rooms that know them, what it showed before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from chainbrain.cash import shown
from chainbrain.cash.placements import Placement
from chainbrain.cash.plan import PlanItem, dated, month_end
from chainbrain.changes import Changes
from chainbrain.masking import masked

if TYPE_CHECKING:
    from chainbrain.cash.moneymap import MoneyMap
    from chainbrain.cash.room import CashRoom
    from chainbrain.cash.shown import MapChange
    from chainbrain.database.book import Book
    from chainbrain.database.bookfile import BookFile

DEBTS: Final = ("loan", "bill")
"""Kinds of the cash plan that are drafts and loans."""
AHEAD: Final = timedelta(weeks=13)
_A_DAY: Final = timedelta(days=1)

Ledger = Callable[[], Iterable[Any]]
"""The ledger room's months: objects with ``month``, ``store`` and ``closing``."""


@dataclass(frozen=True)
class Owed:
    """What head office owed a store at the end of a day; below 0 the store owed."""

    day: date
    store: str
    amount: Decimal


@dataclass(frozen=True)
class OwedSum:
    """What head office and its stores owed one another by their ledgers at the end of a day.

    A store that owes sets nothing off against one that is owed: they are others.
    """

    day: date
    to_stores: Decimal
    by_stores: Decimal


@dataclass(frozen=True)
class WholeMap:
    """The map with all that is said beside it.

    Attributes:
        owed: the ledger of every store at the end of each month: between two ends nobody has reckoned it.
        debts: the items of the cash plan that are drafts and loans.
        change: what is other than it was shown before.
        placed: money in products as the owner wrote it down: in none of the places.
        kept: whether every figure stands as it was shown: there is nothing to write down.
    """

    map: MoneyMap
    owed: tuple[Owed, ...]
    debts: tuple[PlanItem, ...]
    change: MapChange | None
    kept: bool
    placed: tuple[Placement, ...] = ()

    def placed_on(self, day: date, entity: str | None = None) -> Decimal | None:
        """What lay in products at the end of a day, in none of the places; nothing where none is written down."""
        lay = [
            one.amount
            for one in self.placed
            if entity in {None, one.entity} and one.put_on <= day and (one.back_on is None or one.back_on > day)
        ]
        return sum(lay, Decimal("0.00")) if lay else None

    def owed_on(self, day: date) -> OwedSum | None:
        """What was owed at the last month's end up to a day; nothing before the first."""
        return _summed(one for one in self.owed if one.day <= day)

    def due_after(self, day: date, entity: str | None = None) -> Decimal | None:
        """Drafts and loans of the plan to be paid in the 13 weeks after a day; nothing where none is entered."""
        items = [one for one in self.debts if entity in {None, one.entity}]
        if not items:
            return None
        return sum((one.amount for one in dated(items, day + _A_DAY, day + AHEAD + _A_DAY)), Decimal("0.00"))


def whole(book: Book, cash: CashRoom, ledger: Ledger | None) -> WholeMap:
    """Read the map and what belongs beside it; without ``ledger`` nothing of what is owed."""
    found = cash.money_map()
    last = found.last
    owed = _owed(ledger, last) if ledger is not None and last is not None else ()
    debts = tuple(item for item in cash.plan() if item.kind in DEBTS)
    return WholeMap(found, owed, debts, *shown.compared(book, found), cash.placements())


def unknown(found: MoneyMap, day: date) -> list[tuple[str, dict[str, object]]]:
    """What the map cannot know, as codes with facts; worded in the messages."""
    lacking = found.lacking
    said: list[tuple[str, dict[str, object]]] = []
    if lacking.bank_to is None:
        said.append(("map.no_bank", {}))
    elif lacking.bank_to < day:
        said.append(("map.bank_to", {"day": lacking.bank_to}))
    if lacking.balances:
        said.append(("map.no_balance", {"accounts": _masks(lacking.balances)}))
    if lacking.statements:
        said.append(("map.no_statement", {"accounts": _masks(lacking.statements)}))
    if lacking.uncounted:
        said.append(("map.uncounted", {"stores": lacking.uncounted}))
    if lacking.unsaid:
        said.append(("map.unsaid", {"count": lacking.unsaid}))
    if lacking.cards_from:
        said.append(("map.cards_from", {}))
    if lacking.cards_whole and (found.store is not None or found.entity is not None):
        said.append(("map.cards_whole", {}))
    nobodys = found.nobodys(day)
    if sum(nobodys.values()):
        said.append(("map.nobodys", {"amount": f"{sum(nobodys.values()):,.2f}"}))
    if nobodys.get("late", 0) < 0:
        said.append(("map.nobodys_late", {"amount": f"{-nobodys['late']:,.2f}"}))
    if found.store is not None:
        said.append(("map.of_store", {}))
        numbers = [one for one in lacking.shared if found.store in one.stores]
        if numbers:
            said.append(("map.shared", {"numbers": tuple(masked(one.merchant) for one in numbers)}))
    return said


def _masks(numbers: Sequence[str]) -> tuple[str, ...]:
    return tuple(masked(one) for one in numbers)


def owed_by_ledger(ledger: Ledger, last: date) -> OwedSum | None:
    """What is owed by the ledgers of stores at the end of the last month that began up to a day.

    Nothing where no ledger is kept, or nobody owes anything.
    """
    found = _summed(_owed(ledger, last))
    return found if found is not None and (found.to_stores or found.by_stores) else None


def _owed(ledger: Ledger, last: date) -> tuple[Owed, ...]:
    return tuple(Owed(min(month_end(one.month), last), one.store, one.closing) for one in ledger() if one.month <= last)


def _summed(owed: Iterable[Owed]) -> OwedSum | None:
    found = tuple(owed)
    end = max((one.day for one in found), default=None)
    if end is None:
        return None
    amounts = [one.amount for one in found if one.day == end]
    return OwedSum(
        end,
        sum((amount for amount in amounts if amount > 0), Decimal("0.00")),
        -sum((amount for amount in amounts if amount < 0), Decimal("0.00")),
    )


class MapDesk:
    """Writes down what was shown, so that a later map can say what is other."""

    def __init__(self, file: BookFile) -> None:
        self._file = file

    def keep(self, found: MoneyMap) -> Changes:
        """Write down a map of the whole chain as it was shown, whatever was shown before."""
        book = self._file.book
        with book.transaction():
            kept = shown.keep(book, found)
        if kept:
            self._file.acknowledge()
        return Changes(frozenset({"shown_maps"}) if kept else frozenset())
