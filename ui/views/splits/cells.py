"""What stands in the cells of the split tables, and the columns that several of them share."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from chainbrain.masking import login_masked
from ui import figures
from ui.models import Column, Kind
from ui.theme.translator import translate
from ui.views.parts.columns import DIFFERENCE_STATES
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.splits.rules import SplitRule


def value_text(rule: SplitRule) -> str:
    """Return what a rule gives, as people write it."""
    if rule.rate is not None:
        return f"{_percent(rule.rate)}%"
    if rule.fixed is not None:
        return translate("{amount} yuan an order").format(amount=figures.money(rule.fixed))
    steps = (f"{figures.compact(tier.start, 0)}+ {_percent(tier.rate)}%" for tier in rule.tiers)
    return " · ".join(steps)


def later(source: str) -> Callable[[], str]:
    """Return a title in the language that is chosen when it is shown."""
    return lambda: translate(source)


def _percent(rate: Decimal) -> str:
    return f"{(rate * 100).normalize():f}"


def day(key: str, *, optional: bool = False) -> Column:
    """A column of the day on which money is released."""
    return Column(
        key, lambda: translate("Released on"), lambda row: getattr(row, key), Kind.DAY, width=92, optional=optional
    )


def days_left() -> Column:
    """A column of the days until then; the last one alarms."""
    return Column("days", lambda: translate("Days left"), lambda row: row.days, Kind.NUMBER, width=84, tone=_urgent)


def channel_word(row: Any) -> str:
    """The channel that a rule is for."""
    return word(f"channel.{row.channel}") if row.channel else translate("All channels")


def kind_word(row: Any) -> str:
    """Who a receiver is."""
    return word(f"split_receiver.{row.receiver_kind}") if row.receiver_kind else ""


def cause_word(row: Any) -> str:
    """What is wrong with a split."""
    return word(f"cause.{row.cause}")


def cause_told(row: Any) -> str:
    """What is wrong, and who was given how much instead."""
    return " · ".join(part for part in (cause_word(row), went_to(row)) if part)


def went_to(row: Any) -> str:
    """Who was given how much instead."""
    return f"{row.went_to or ''} {figures.money(row.went)}".strip() if row.went is not None else ""


def moved_word(row: Any) -> str:
    """What is wrong with money that moved, and how often it occurs."""
    told = word(f"split_moved.{row.code}")
    return told if row.items == 1 else translate("{what} ({count} lines)").format(what=told, count=row.items)


def merchant_number(row: Any) -> str:
    """A merchant number, masked where it is a login."""
    return login_masked(row.merchant_no)


def text_column(key: str, title: Callable[[], str], width: float = 0) -> Column:
    """A column of plain text."""
    return Column(key, title, lambda row: getattr(row, key) or "", width=width, least=0 if width else 96, narrow=68)


def state_mark(row: Any) -> tuple[str, str]:
    """The mark and the word of a difference's state."""
    return DIFFERENCE_STATES[row.state], word(f"difference_state.{row.state}")


def _urgent(row: Any) -> str:
    return "difference" if row.days <= 1 else "timing"


def sales_word(row: Any) -> str:
    """Where the sales of a base were taken from."""
    if row.by_till is None:
        return translate("some days without the till")
    return translate("of the till") if row.by_till else translate("wallets and platforms only")
