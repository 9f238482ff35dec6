"""Payments that are in no path: of entities without a balance, of a day that is over, or not taken into the plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.cash.accounts import last_known
from chainbrain.cash.plan import Due, PlanItem, dated

if TYPE_CHECKING:
    from chainbrain.cash.outlook import CashOutlook
    from chainbrain.cash.recurring import Proposal


LEAST_DAYS: Final = 28
"""Over fewer days of a bank's past no average of irregular payments is told."""


def overdue(item: PlanItem, known_to: date | None) -> bool:
    """Whether an item fell due once, on a day that the statements know already.

    Args:
        item: the item.
        known_to: the last day that the accounts of its legal entity are known.
    """
    return item.cycle == "once" and known_to is not None and item.day <= known_to


def left_out(outlook: CashOutlook, items: Iterable[PlanItem]) -> tuple[Due, ...]:
    """What falls due within the days to come, of legal entities of which no balance is known."""
    days, without = outlook.chain.days, set(outlook.entities_left_out)
    if not days:
        return ()
    return dated((one for one in items if one.entity in without), days[0].day, days[-1].day + timedelta(days=1))


def steady(
    outlook: CashOutlook, entity: str | None, proposals: Iterable[Proposal], *, meant: bool = False
) -> tuple[Due, ...]:
    """What steady payments of the bank, neither in the plan nor taken off, would cost within the days to come.

    Args:
        outlook: the forecast.
        entity: the legal entity whose path it is about; nothing for all together.
        proposals: the payments that the plan does not know.
        meant: those that an item of the plan of another amount or rhythm may mean, instead of all others.
    """
    days = outlook.chain.days
    if not days:
        return ()
    counted = {entity} if entity is not None else set(last_known(outlook.accounts))
    taken_off = {due.item.grounds for due in outlook.chain.steady}
    items = (
        one.item
        for one in proposals
        if one.item.entity in counted
        and one.item.grounds not in taken_off
        and (one.item.grounds in outlook.meant) == meant
    )
    return dated(items, days[0].day, days[-1].day + timedelta(days=1))


def to_pay(dues: Iterable[Due]) -> Decimal:
    """What has to be paid of them; what they bring is not set off against it."""
    return sum((due.amount for due in dues if due.amount > 0), Decimal("0.00"))
