"""The answer of a cash forecast, the same words wherever it stands: what happens, one figure, what to do next.

What the middle path does is said to happen; what only the low one does, about one time in twenty, may happen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from chainbrain.cash.outlook import CashOutlook, CashPath
    from chainbrain.cash.start_words import Told

WILL, MAY, HOLDS, NO_FLOOR, OVER = "will", "may", "holds", "no_floor", "over"


@dataclass(frozen=True)
class Verdict:
    """Codes of ``texts`` with their facts.

    Attributes:
        kind: ``will`` or ``may`` fall below the floor, ``holds``, ``no_floor`` to hold, or all days are ``over``.
        headline: the answer.
        figure: the one amount that it turns on; nothing where there is none.
        step: what to do next.
        age: how old the statements are; nothing where they are those of every day.
    """

    kind: str
    headline: Told
    figure: Told | None
    step: Told
    age: Told | None = None


def verdict(outlook: CashOutlook, path: CashPath) -> Verdict:
    """The answer on one path, from the day on which it is looked at."""
    if not path.ahead:
        facts: dict[str, object] = {"known_to": outlook.known_to, "last": path.days[-1].day}
        return Verdict(OVER, ("cash.verdict_over", facts), None, ("cash.step_import", facts), _age(outlook))
    kind, headline, figure, step = _of_days(path)
    if outlook.old:
        # Before anything is done on account of an estimate of four weeks, what really came can be looked up.
        step = ("cash.step_import", {"known_to": outlook.known_to})
    return Verdict(kind, headline, figure, step, _age(outlook))


def _of_days(path: CashPath) -> tuple[str, Told, Told, Told]:
    low, middle, lowest = path.breach, path.breach_p50, path.lowest
    last = path.days[-1].day
    least: Told = ("cash.figure_lowest", {"amount": _yuan(lowest.p5), "day": lowest.day})
    if path.floor is None:
        return NO_FLOOR, ("cash.verdict_no_floor", {"last": last}), least, ("cash.step_floor", {})
    floor = _yuan(path.floor)
    if low is None:
        return HOLDS, ("cash.verdict_holds", {"last": last, "floor": floor}), least, ("cash.step_nothing", {})
    step: Told = ("cash.step_needed", {"amount": _yuan(low.needed), "day": low.day})
    if middle is None:
        facts = {"day": low.day, "floor": floor, "deepest": low.deepest_on}
        return MAY, ("cash.verdict_may", facts), least, step
    code = "cash.verdict_will" if middle.day == low.day else "cash.verdict_will_later"
    facts = {"day": middle.day, "floor": floor, "low": low.day}
    least = ("cash.figure_middle", {"amount": _yuan(path.floor - middle.needed), "day": middle.deepest_on})
    return WILL, (code, facts), least, step


def told(found: Verdict) -> tuple[Told, ...]:
    """All of it in a row, the age of the statements first."""
    every = (found.age, found.headline, found.figure, found.step)
    return tuple(one for one in every if one is not None)


def _age(outlook: CashOutlook) -> Told | None:
    if not outlook.old:
        return None
    return "cash.data_old", {"known_to": outlook.known_to, "age": outlook.age}


def _yuan(amount: Decimal) -> str:
    return f"¥{amount:,.2f}" if amount >= 0 else f"−¥{-amount:,.2f}"
