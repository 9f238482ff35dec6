"""Payments of the past that no plan knows: what they came to in a month, and how far from it their weeks lie."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.names import names
from chainbrain.cash.plan import PlanItem, falls_on, month_later
from chainbrain.cash.recurring import ALIKE, Outgoing, kind_of, rhythms
from chainbrain.cash.uncounted import LEAST_DAYS
from chainbrain.money import half_up

Floats = npt.NDArray[np.float64]

MONTHS: Final = 12
YEAR: Final = Decimal("365.25")
_FOUR_YEARS: Final = timedelta(days=7 * 52 * 4)
NEAR: Final = timedelta(days=6)
"""A payment may come so much earlier or later than it was planned."""
OWN_KINDS: Final = frozenset({"wages", "rent", "tax", "loan", "bill"})
"""Payments of these kinds near the day of a planned one are that one, though the amount is another."""
GOODS: Final = "goods"
LIKE_GOODS: Final = Decimal("0.5")
"""Of goods, which several are paid for, one payment near the day is the planned one: of at least so much of it."""
MOST: Final = Decimal("1.5")
"""Payments of a kind that come to more than so much of what is planned are more than the plan knows."""
_WEEK: Final = 7
_YEAR_OF_WEEKS: Final = 52


@dataclass(frozen=True)
class InAverage:
    """One payment of the past and what it is of the average.

    Attributes:
        kind: what it is for.
        monthly: what it comes to in a month of the days on which its account is known.
        since: what of ``Usual.since`` it stands for.
    """

    line: Outgoing
    kind: str
    monthly: Decimal
    since: Decimal


@dataclass(frozen=True)
class Usual:
    """What irregular payments of one legal entity came to.

    Attributes:
        days: how many days of its past are known.
        monthly: in a month, in yuan; nothing where fewer than ``LEAST_DAYS`` are known or nothing was paid.
        weeks: what was paid on each day of the last whole weeks, weeks × 7, the oldest first; the last day is the last
            that is known.
        goods: the share of it that was paid for goods, as the words beside the payments say.
        since: what accounts whose statements end before that last day are taken to have paid between the two, at their
            own average: no balance knows it.
        made_of: the payments that it is the average of.
        steady_to: whom steady payments were made to, and nothing else: of them nothing is in the average.
    """

    days: int
    monthly: Decimal | None
    weeks: Floats
    goods: Decimal = Decimal(0)
    since: Decimal = Decimal("0.00")
    made_of: tuple[InAverage, ...] = ()
    steady_to: frozenset[str] = frozenset()


def usual(
    lines: Sequence[Outgoing],
    plan: Sequence[PlanItem],
    entities: Mapping[str, str],
    known: Mapping[str, tuple[date, date]],
    begun: Mapping[str, date] | None = None,
    *,
    ended: Mapping[str, date] | None = None,
) -> dict[str, Usual]:
    """What irregular payments came to, by legal entity.

    Args:
        lines: payments out of the accounts.
        plan: the plan; a payment near a day of an item and of its amount, or of its kind, is that item.
        entities: whose account is whose.
        known: the first day and the last of each entity's accounts that ``lines`` are of.
        begun: from when each account is known, where one of an entity is known for a shorter time than another.
        ended: to when each account is known, where one of an entity ends before another.
    """
    steady, found = steady_lines(lines), {}
    for entity, (first, last) in known.items():
        own = [line for line in lines if entities.get(line.account, "") == entity]
        planned = _planned(own, [one for one in plan if one.entity == entity], first, last, steady)
        odd = [line for line in own if line.line_id not in steady and line.line_id not in planned]
        days = (last - first).days + 1
        ends = {line.account: min((ended or {}).get(line.account, last), last) for line in odd}
        made_of = _made_of(odd, last, ends, _known_days(first, ends, begun or {})) if days >= LEAST_DAYS else ()
        monthly = half_up(sum((one.monthly for one in made_of), Decimal(0))) if made_of else None
        goods = sum((line.amount for line in odd if kind_of(line) == GOODS), Decimal(0))
        share = goods / sum(line.amount for line in odd) if goods else Decimal(0)
        since = half_up(sum((one.since for one in made_of), Decimal(0)))
        steady_to = frozenset(line.payee for line in own if line.line_id in steady)
        found[entity] = Usual(days, monthly, _weeks(odd, last, days, ends), share, since, made_of, steady_to)
    return found


def steady_lines(lines: Iterable[Outgoing]) -> frozenset[str]:
    """The payments of steady series whose payee gets nothing else while they run.

    Where other payments to the same payee lie between them, a few alike ones may be alike by chance: they stay what the
    average is made of.
    """
    every = list(lines)
    series_of = [series for series, _ in rhythms(every)]
    taken = {one.line_id for series in series_of for one in series}
    others: dict[tuple[str, str], list[date]] = {}
    for line in every:
        if line.line_id not in taken:
            others.setdefault((line.account, line.payee), []).append(line.day)
    return frozenset(
        one.line_id
        for series in series_of
        if not any(day >= series[0].day for day in others.get((series[0].account, series[0].payee), ()))
        for one in series
    )


def spread(found: Usual, days: int, sold: Iterable[float] = ()) -> list[Decimal]:
    """The monthly amount over days, to the cent: whole weeks come to what they should, each weekday to its share.

    Args:
        found: what was paid; without payments in its weeks every day has the same.
        days: how many days to come, from the day after the last of the weeks on.
        sold: what is sold before each of them, as a share of what was while those payments were made: what is paid for
            goods follows it. Without it as much is sold as then.
    """
    weekly = (found.monthly or Decimal(0)) * MONTHS * _WEEK
    paid = [Decimal(repr(round(float(one), 2))) for one in found.weeks.sum(axis=0)]
    paid = paid if any(paid) else [Decimal(1)] * _WEEK
    follows = [1 + found.goods * (Decimal(repr(round(float(one), 6))) - 1) for one in sold] or [Decimal(1)] * days
    parts = accumulate(paid[i % _WEEK] * follows[i] for i in range(days))
    up_to = [half_up(weekly * part / (sum(paid) * YEAR)) for part in parts]
    return [one - before for one, before in zip(up_to, [Decimal("0.00"), *up_to], strict=False)]


def like(item: PlanItem, lines: Sequence[tuple[Outgoing, str]], steady_to: Iterable[str] = ()) -> list[Outgoing]:
    """The payments of the past that are like one of one day, of the same company.

    Whom it names and was paid before is paid so much on average and no more, whatever others are paid. Else they are
    those of its kind and about as large; wages, tax and the like may be paid in several on one day.

    Args:
        item: what is paid once.
        lines: the payments, and what each is for.
        steady_to: whom steady payments are made to, which are none of ``lines``.
    """
    to_it = {payee for payee in {line.payee for line, _ in lines} if names(item.note, payee)}
    if to_it or any(names(item.note, payee) for payee in steady_to):
        return [line for line, _ in lines if line.payee in to_it]
    if item.kind != GOODS and item.kind not in OWN_KINDS:
        return []
    own = [line for line, kind in lines if kind == item.kind]
    together: dict[tuple[str, date], Decimal] = {}
    for line in own if item.kind in OWN_KINDS else ():
        together[line.account, line.day] = together.get((line.account, line.day), Decimal(0)) + line.amount
    least, most = item.amount * LIKE_GOODS, item.amount * MOST
    return [line for line in own if least <= together.get((line.account, line.day), line.amount) <= most]


def _known_days(first: date, ends: Mapping[str, date], begun: Mapping[str, date]) -> dict[str, int]:
    """Over how many days each account is averaged, those it is known on: a quiet older one makes no other less."""
    return {
        account: max((end - max(begun.get(account, first), first)).days + 1, LEAST_DAYS)
        for account, end in ends.items()
    }


def _made_of(
    lines: Iterable[Outgoing], last: date, ends: Mapping[str, date], days: Mapping[str, int]
) -> tuple[InAverage, ...]:
    found = []
    for line in lines:
        monthly = line.amount / days[line.account] * YEAR / MONTHS
        since = monthly * MONTHS / YEAR * (last - ends[line.account]).days
        found.append(InAverage(line, kind_of(line), monthly, since))
    return tuple(found)


def _planned(
    lines: Sequence[Outgoing], items: Iterable[PlanItem], first: date, last: date, steady: frozenset[str]
) -> frozenset[str]:
    """The payments that are items of the plan, each of one day of one item.

    What was planned for one day stays in the average where others were paid like it: an invoice to come will be taken
    off that average, and not all of them are known for three months. A machine that was bought once is bought no more.
    """
    ordered = sorted(lines, key=lambda line: (line.day, line.line_id))
    days = [line.day for line in ordered]
    taken: set[str] = set()
    of_once: list[tuple[PlanItem, set[str]]] = []
    for item in items:
        if item.amount <= 0:
            continue
        # The plan begins today; the same payment of earlier months fell on the same days.
        before = item if item.cycle == "once" else from_earlier(item)
        for day in falls_on(before, first - NEAR, last + NEAR + timedelta(days=1)):
            near = ordered[bisect_left(days, day - NEAR) : bisect_right(days, day + NEAR)]
            of_it = _of_item(item, [line for line in near if line.line_id not in taken])
            taken |= of_it
            if item.cycle == "once" and of_it:
                of_once.append((item, of_it))
    # What the plan pays again and again is in no average: it is nothing that others were paid like.
    steady_to = {line.payee for line in lines if line.line_id in steady}
    again = taken.difference(*(of_it for _, of_it in of_once))
    odd = [(line, kind_of(line)) for line in lines if line.line_id not in steady and line.line_id not in again]
    for item, of_it in of_once:
        if any(line.line_id not in of_it for line in like(item, odd, steady_to)):
            taken -= of_it
    return frozenset(taken)


def _of_item(item: PlanItem, near: Iterable[Outgoing]) -> set[str]:
    """Which payments near one day of an item are it: the most alike one, or all that are of its kind."""
    lines = sorted(near, key=lambda line: (abs(line.amount - item.amount), line.day, line.line_id))
    if lines and abs(lines[0].amount - item.amount) <= ALIKE * item.amount:
        return {lines[0].line_id}
    of_kind = [line for line in lines if kind_of(line) == item.kind and line.amount <= item.amount * MOST]
    if item.kind == GOODS:
        return {line.line_id for line in of_kind[:1] if line.amount >= item.amount * LIKE_GOODS}
    kept: set[str] = set()
    left = item.amount * MOST
    for line in of_kind if item.kind in OWN_KINDS else ():
        if line.amount <= left:
            left -= line.amount
            kept.add(line.line_id)
    return kept


def _weeks(lines: Iterable[Outgoing], last: date, days: int, ends: Mapping[str, date]) -> Floats:
    """The last whole weeks; those of an account that ends earlier lie so many weeks later, weekdays by weekdays."""
    count = min(days // _WEEK, _YEAR_OF_WEEKS)
    found = np.zeros(count * _WEEK)
    for line in lines:
        behind = -(-(last - ends[line.account]).days // _WEEK) * _WEEK
        place = len(found) - 1 - (last - line.day).days + behind
        if 0 <= place < len(found):
            found[place] += float(line.amount)
    return found.reshape(count, _WEEK)


def from_earlier(item: PlanItem) -> PlanItem:
    """The item as if it had begun years ago: the plan begins today, what it knows was paid before."""
    # Whole weeks and whole quarters, so that the rhythm stays.
    start = item.day - _FOUR_YEARS if item.cycle == "weekly" else month_later(item.day, -4 * MONTHS)
    return PlanItem(item.item_id, start, item.entity, item.kind, item.amount, item.cycle)
