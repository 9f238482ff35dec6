"""Amounts, days and items of the cash screen as it says them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ui import figures
from ui.theme.translator import translate
from ui.words import word

if TYPE_CHECKING:
    from datetime import date

    from chainbrain.cash.plan import Due, Paid, PlanItem


def yuan(value: Decimal) -> str:
    """Write an amount short: 万 in Chinese, full yuan otherwise."""
    sign = figures.MINUS if value < 0 else ""
    return f"{sign}¥{figures.compact(abs(value), 1)}"


def full(value: Decimal) -> str:
    """Write an amount in full."""
    return figures.money(value, symbol=True)


def moved(value: Decimal) -> str:
    """Write what an account gains or loses, as every list of this screen does: + comes in, − goes out."""
    return f"{'+' if value > 0 else ''}{figures.money(value)}"


def due_words(due: Due) -> str:
    """Write one item on its day: ``12-10 工资 ¥742,000.00``; its own beside it where that is a day off."""
    return f"{figures.day(due.day)} {what(due.item)} {full(due.amount)} {said_on(due.said_on)}".rstrip()


def said_on(day: date | None) -> str:
    """Write the day of an item that is a day off, where its money leaves on another: ``(原定 12-12)``."""
    return f"({word('cash.said_on')} {figures.day(day)})" if day is not None else ""


def paid_words(paid: Paid) -> str:
    """Write what was planned and is paid already, with how much of it where that is not all."""
    told = due_words(paid.due)
    return told if paid.amount == paid.due.amount else f"{told} ({word('cash.part_paid')} {full(paid.amount)})"


def what(item: PlanItem) -> str:
    """Return what an item is: its kind, and its note where it has one."""
    kind = word(f"plan_kind.{item.kind}")
    return f"{kind} {item.note}" if item.note else kind


def entity_name(entity: str | None) -> str:
    """Return what a legal entity is called; nothing stands for all of them."""
    if entity is None:
        return word("cash.chain")
    return entity or translate("no entity named")
