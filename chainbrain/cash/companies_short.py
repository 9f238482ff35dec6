"""Which companies have too little money of their own, the worst first: the money of one is not that of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chainbrain.legal_entities import short_names

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from chainbrain.cash.outlook import CashOutlook, CashPath

WILL, MAY = "will", "may"
_RANKS: Final = (MAY, WILL)


@dataclass(frozen=True)
class Short:
    """A path that falls below its floor, or below 0 where it has none.

    Attributes:
        entity: whose it is, in full; ``name`` without its legal form, where no other is called so.
        kind: ``will`` where the middle path falls below, ``may`` where only the low one does.
        day: from which day on, on that path; ``amount`` is what is lacking at most, on ``deepest_on``.
        floor: what was said must stay; nothing where 0 stands for it.
        needed: with so much more by ``needed_by`` the low path would not fall below either.
    """

    entity: str | None
    name: str
    kind: str
    day: date
    amount: Decimal
    deepest_on: date
    floor: Decimal | None
    needed: Decimal
    needed_by: date

    @property
    def weight(self) -> tuple[int, Decimal]:
        """How bad it is: what will be weighs more than what may be, then the sum."""
        return _RANKS.index(self.kind), self.amount


def short_of(path: CashPath, name: str = "") -> Short | None:
    """What one path lacks, from the day on which it is looked at; nothing where it holds."""
    low, middle = path.breach, path.breach_p50
    if low is None:
        return None
    told, kind = (low, MAY) if middle is None else (middle, WILL)
    return Short(
        path.entity, name or path.entity or "", kind, told.day, told.needed, told.deepest_on, path.floor, low.needed,
        low.day,
    )  # fmt: skip


def companies_short(outlook: CashOutlook) -> tuple[Short, ...]:
    """Every company that lacks money of its own, the worst first."""
    own = [one for one in outlook.paths if one.entity is not None]
    names = short_names({one.entity for one in own if one.entity})
    found = [short_of(one, names.get(one.entity or "", "")) for one in own]
    return tuple(
        sorted((one for one in found if one is not None), key=lambda one: (*(-x for x in one.weight), one.day))
    )
