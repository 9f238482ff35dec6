"""Items of the plan that begin on a day that is over: what that means, said before they are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from chainbrain.cash.plan import falls_on

if TYPE_CHECKING:
    from chainbrain.cash.plan import PlanItem
    from chainbrain.cash.start_words import Told

_LOOKED: Final = timedelta(days=366)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class OfPast:
    """What has to be said of an item; ``refused`` where it would be in no figure at all."""

    told: Told
    refused: bool = False


def of_past(item: PlanItem, known_to: date | None, today: date, before: PlanItem | None = None) -> OfPast | None:
    """What an item has to do with days that are over; nothing where it begins today or later.

    Args:
        item: as it would be written.
        known_to: the last day that all accounts of its legal entity know (``accounts.known_from``); from then on it is
            held against the statements that there are.
        today: the day on which it is written.
        before: the item that it takes the place of; its days, once written, are told of and never refused.
    """
    start = today if known_to is None else known_to + _DAY
    if item.day >= max(start, today):
        return None
    same = before is not None and (before.day, before.cycle, before.until) == (item.day, item.cycle, item.until)
    if item.cycle == "once":
        if known_to is not None and item.day <= known_to:
            return OfPast(("cash.item_known", {"day": item.day, "known_to": known_to}), refused=not same)
        return OfPast(("cash.item_over", {"day": item.day}))
    left = falls_on(item, start, max(start, item.day) + _LOOKED)
    if not left:
        return OfPast(("cash.item_ended", {"until": item.until, "known_to": start - _DAY}), refused=not same)
    if item.day >= start:
        return OfPast(("cash.item_over", {"day": item.day}))
    code = "cash.item_began" if left[0] >= today else "cash.item_began_over"
    return OfPast((code, {"day": item.day, "next": left[0], "known_to": start - _DAY}))
