"""The answer of a cash forecast, the same words wherever it stands: what happens, one figure, what to do next.

What the middle path does is said to happen; what only the low one does, about one time in twenty, may happen. Of all
companies together it names the worst one: the money of one company is not that of another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainbrain.cash.companies_short import MAY, WILL, Short, companies_short, short_of

if TYPE_CHECKING:
    from decimal import Decimal

    from chainbrain.cash.outlook import CashOutlook, CashPath
    from chainbrain.cash.start_words import Told

HOLDS, NO_FLOOR, OVER = "holds", "no_floor", "over"


@dataclass(frozen=True)
class Verdict:
    """Codes of ``texts`` with their facts.

    Attributes:
        kind: ``will`` or ``may`` fall below the floor (below 0 without one), ``holds``, ``no_floor`` to hold, or all
            days are ``over``.
        headline: the answer.
        figure: the one amount that it turns on; nothing where there is none.
        step: what to do next.
        age: how old the statements are; nothing where they are those of every day.
        about: whose path the answer tells of: that of a company where it is worse off than all together.
        beside: of all together, what else is to be known: their lowest day, and other companies.
    """

    kind: str
    headline: Told
    figure: Told | None
    step: Told
    age: Told | None
    about: CashPath
    beside: tuple[Told, ...] = ()


def verdict(outlook: CashOutlook, path: CashPath) -> Verdict:
    """The answer on one path, from the day on which it is looked at."""
    if not path.ahead:
        facts: dict[str, object] = {"known_to": outlook.known_to, "last": path.days[-1].day}
        return Verdict(OVER, ("cash.verdict_over", facts), None, ("cash.step_import", facts), _age(outlook), path)
    kind, headline, figure, step = _of_days(path)
    about: CashPath = path
    beside: tuple[Told, ...] = ()
    short = companies_short(outlook) if path.entity is None else ()
    if short:
        about, beside = _among(outlook, path, short)
    if about is not path:
        kind, headline, figure, step = short[0].kind, _company(short[0]), _figure(about, short[0]), _find(short[0])
    if outlook.old:
        # Before anything is done on account of an estimate of four weeks, what really came can be looked up.
        step = ("cash.step_import", {"known_to": outlook.known_to})
    return Verdict(kind, headline, figure, step, _age(outlook), about, beside)


def _among(outlook: CashOutlook, path: CashPath, short: tuple[Short, ...]) -> tuple[CashPath, tuple[Told, ...]]:
    """Whose path is told of first, and what is told beside it: the money of one does not make up for another's."""
    own, others = short_of(path), _others(short[1:])
    worst = outlook.path(short[0].entity)
    if worst is not None and (own is None or short[0].weight > own.weight):
        lowest = path.lowest
        return worst, (("cash.all_together", {"amount": _yuan(lowest.p5), "day": lowest.day}), *others)
    # Of a single company the two are one.
    return path, (_company(short[0]), *others) if sum(one.entity is not None for one in outlook.paths) > 1 else ()


def _of_days(path: CashPath) -> tuple[str, Told, Told, Told]:
    low, middle = path.breach, path.breach_p50
    last, figure = path.days[-1].day, _figure(path)
    if low is None:
        if path.floor is None:
            return NO_FLOOR, ("cash.verdict_no_floor", {"last": last}), figure, ("cash.step_floor", {})
        facts: dict[str, object] = {"last": last, "floor": _yuan(path.floor)}
        return HOLDS, ("cash.verdict_holds", facts), figure, ("cash.step_nothing", {})
    zero = "_zero" if path.floor is None else ""
    floor = _yuan(path.floor or low.needed * 0)
    step: Told = (f"cash.step_needed{zero}", {"amount": _yuan(low.needed), "day": low.day})
    if middle is None:
        facts = {"day": low.day, "floor": floor, "deepest": low.deepest_on}
        return MAY, (f"cash.verdict_may{zero}", facts), figure, step
    code = "cash.verdict_will" if middle.day == low.day else "cash.verdict_will_later"
    facts = {"day": middle.day, "floor": floor, "low": low.day}
    return WILL, (f"{code}{zero}", facts), figure, step


def _figure(path: CashPath, company: Short | None = None) -> Told:
    """The lowest balance that the answer turns on; where earlier days are over it is the lowest from now on only."""
    middle, lowest = path.breach_p50, path.lowest
    which = ("company_" if company is not None else "") + ("lowest" if middle is None else "middle")
    facts: dict[str, object] = {"amount": _yuan(lowest.p5), "day": lowest.day}
    if middle is not None:
        facts = {"amount": _yuan((path.floor or 0) - middle.needed), "day": middle.deepest_on}
    if company is not None:
        facts["entity"] = company.name
    return f"cash.figure_{which}{'_now' if path.over else ''}", facts


def _company(short: Short) -> Told:
    """A company that lacks money of its own: from which day on, how much at most."""
    facts: dict[str, object] = {
        "entity": short.name, "day": short.day, "amount": _yuan(short.amount), "deepest": short.deepest_on,
    }  # fmt: skip
    if short.floor is None:
        return f"cash.verdict_company_{short.kind}_zero", facts
    return f"cash.verdict_company_{short.kind}", {**facts, "floor": _yuan(short.floor)}


def _find(short: Short) -> Told:
    facts = {"entity": short.name, "amount": _yuan(short.needed), "day": short.needed_by}
    return f"cash.step_company{'_zero' if short.floor is None else ''}", facts


def _others(short: tuple[Short, ...]) -> tuple[Told, ...]:
    if not short:
        return ()
    names = tuple(f"{one.name} {one.day} {_yuan(one.amount)}" for one in short)
    return (("cash.companies_short", {"count": len(short), "names": names}),)


def told(found: Verdict) -> tuple[Told, ...]:
    """All of it in a row, the age of the statements first."""
    every = (found.age, found.headline, found.figure, *found.beside, found.step)
    return tuple(one for one in every if one is not None)


def _age(outlook: CashOutlook) -> Told | None:
    if not outlook.old:
        return None
    return "cash.data_old", {"known_to": outlook.known_to, "age": outlook.age}


def _yuan(amount: Decimal) -> str:
    return f"¥{amount:,.2f}" if amount >= 0 else f"−¥{-amount:,.2f}"
