"""What the screen reads of a book at once, and the key figures of one month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.splits.moved import Moved
from ui import figures
from ui.theme.translator import translate
from ui.widgets import Kpi

if TYPE_CHECKING:
    from chainbrain.ledger.lines import LedgerMonth
    from chainbrain.ledger.ways import StoreWay
    from chainbrain.rules import Rules
    from chainbrain.splits.monthly import MonthlyDue, Unreckoned
    from chainbrain.splits.room import CollectedForOthers, SplitFinding, Unsplit
    from chainbrain.splits.rules import SplitRule, SplitSum
    from chainbrain.workspace import Rooms

_NOTHING, _COMPACT = Decimal("0.00"), 100_000


@dataclass(frozen=True)
class Told:
    """Everything the screen shows, of all months."""

    rules: tuple[SplitRule, ...] = ()
    sums: tuple[SplitSum, ...] = ()
    dues: tuple[MonthlyDue, ...] = ()
    findings: tuple[SplitFinding, ...] = ()
    soon: tuple[Unsplit, ...] = ()
    collected: tuple[CollectedForOthers, ...] = ()
    unreckoned: tuple[Unreckoned, ...] = ()
    limits: Rules | None = None
    stores: tuple[tuple[str, str], ...] = ()
    channels: tuple[str, ...] = ()
    ledger: tuple[LedgerMonth, ...] = ()
    ways: tuple[StoreWay, ...] = ()
    accounts: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    item_groups: tuple[str, ...] = ()
    moved: Moved = field(default_factory=Moved)

    @property
    def months(self) -> list[date]:
        """The months of which there is something to say, the newest first."""
        found = (
            {one.month for one in self.dues} | {one.month for one in self.unreckoned} | {one.month for one in self.sums}
        )
        found |= {one.month for one in self.ledger} | {one.month for one in self.moved.findings}
        return sorted(found | {one.day.replace(day=1) for one in self.findings if one.day}, reverse=True)

    def of(self, month: date | None) -> Told:
        """The same of one month; what is about to be released and the rules are of no month."""
        if month is None:
            return self
        return replace(
            self,
            sums=tuple(one for one in self.sums if one.month == month),
            dues=tuple(one for one in self.dues if one.month == month),
            unreckoned=tuple(one for one in self.unreckoned if one.month == month),
            findings=tuple(one for one in self.findings if one.day and one.day.replace(day=1) == month),
            ledger=tuple(one for one in self.ledger if one.month == month),
            moved=self.moved.of(month),
        )


def read(rooms: Rooms) -> Told:
    """Read the whole screen; for the reading worker."""
    room = rooms.splits
    ledger = rooms.ledger.roll_forward()
    return Told(
        room.rules(), room.sums(), room.dues(), room.findings(), room.soon(), room.collected_for_others(),
        room.unreckoned(), room.limits(), room.stores(), room.channels(), ledger,
        rooms.ledger.ways(max(one.month for one in ledger)) if ledger else (), rooms.payments.accounts(),
        room.categories(),
        room.item_groups(),
        room.moved(),
    )  # fmt: skip


def kpis(told: Told) -> list[Kpi]:
    """Return the key figures; each leads to its page."""
    due, split = _sum([one.due for one in told.dues]), _sum([one.split for one in told.dues])
    still = [one for one in told.findings if one.state == "open"]
    effect, unsplit = _sum([abs(one.effect) for one in still]), _sum([one.amount for one in told.soon])
    return [
        _kpi("dues", translate("Due to them"), due),
        _kpi("sums", translate("Split so far"), split),
        _kpi("dues", translate("Left to pay"), due - split),
        _kpi(
            "findings",
            translate("Differences"),
            effect,
            translate("{count} open, without signs").format(count=len(still)),
        ),
        _kpi("soon", translate("Released soon"), unsplit, translate("{count} parts").format(count=len(told.soon))),
    ]


def _kpi(key: str, label: str, amount: Decimal, note: str = "") -> Kpi:
    # Small sums are shown to the cent; the full figure of large ones stands in the tip and in the total row.
    shown = figures.money(amount) if abs(amount) < _COMPACT else figures.compact(amount)
    return Kpi(key, label, shown, note=note, full=figures.money(amount, symbol=True))


def _sum(amounts: Sequence[Decimal]) -> Decimal:
    return sum(amounts, _NOTHING)
