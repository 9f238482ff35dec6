"""Payments of the past that are neither in the plan nor steady: their average, for those who want it taken off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from chainbrain.cash.plan import Due, PlanItem, falls_on, month_later
from chainbrain.cash.recurring import ALIKE, Outgoing, rhythms
from chainbrain.money import half_up

LEAST_DAYS: Final = 28
"""Over fewer days of the past no average is told."""
MONTHS: Final = 12
YEAR: Final = Decimal("365.25")
_FOUR_YEARS: Final = timedelta(days=7 * 52 * 4)
NEAR: Final = timedelta(days=6)
"""A payment may come so much earlier or later than it was planned."""


def monthly(
    lines: Sequence[Outgoing],
    plan: Sequence[PlanItem],
    entities: Mapping[str, str],
    known: Mapping[str, tuple[date, date]],
) -> dict[str, Decimal]:
    """What irregular payments came to in a month, by legal entity.

    Args:
        lines: payments out of the accounts.
        plan: the plan; a payment near a day of an item and of its amount is that item.
        entities: whose account is whose.
        known: the first day and the last of each entity's accounts that ``lines`` are of.
    """
    steady = {one.line_id for series, _ in rhythms(lines) for one in series}
    sums: dict[str, Decimal] = {}
    for line in lines:
        entity = entities.get(line.account, "")
        if line.line_id not in steady and not _planned(line, [one for one in plan if one.entity == entity]):
            sums[entity] = sums.get(entity, Decimal(0)) + line.amount
    found = {}
    for entity, amount in sums.items():
        days = (known[entity][1] - known[entity][0]).days + 1 if entity in known else 0
        if days >= LEAST_DAYS:
            found[entity] = half_up(amount / days * YEAR / MONTHS)
    return found


def spread(amount: Decimal, days: int) -> list[Decimal]:
    """A monthly amount over days, to the cent: all days together come to what they should."""
    daily = amount * MONTHS / YEAR
    up_to = [half_up(daily * (i + 1)) for i in range(days)]
    return [one - before for one, before in zip(up_to, [Decimal("0.00"), *up_to], strict=False)]


def unpaid(dues: Iterable[Due], lines: Iterable[Outgoing], entities: Mapping[str, str]) -> tuple[Due, ...]:
    """What fell due and no payment of its company is alike and near; a payment is of one of them only."""
    left = list(lines)
    found = []
    for due in dues:
        paid = next((line for line in left if entities.get(line.account) == due.item.entity and _pays(line, due)), None)
        if paid is None:
            found.append(due)
        else:
            left.remove(paid)
    return tuple(found)


def _pays(line: Outgoing, due: Due) -> bool:
    return abs(due.amount - line.amount) <= ALIKE * due.amount and abs(due.day - line.day) <= NEAR


def _planned(line: Outgoing, items: Iterable[PlanItem]) -> bool:
    return any(
        abs(item.amount - line.amount) <= ALIKE * item.amount and _falls_near(item, line.day)
        for item in items
        if item.amount > 0
    )


def _falls_near(item: PlanItem, day: date) -> bool:
    # The plan begins today; the same payment of earlier months fell on the same days.
    before = item if item.cycle == "once" else _from_earlier(item)
    return bool(falls_on(before, day - NEAR, day + NEAR))


def _from_earlier(item: PlanItem) -> PlanItem:
    # Whole weeks and whole quarters, so that the rhythm stays.
    start = item.day - _FOUR_YEARS if item.cycle == "weekly" else month_later(item.day, -4 * MONTHS)
    return PlanItem(item.item_id, start, item.entity, item.kind, item.amount, item.cycle)
