"""Columns that the tables of several screens have in common, and the texts of their total rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from ui import figures
from ui.models import Column, Kind
from ui.theme.translator import translate
from ui.words import word

DIFFERENCE_STATES = {"open": "difference", "timing": "timing", "explained": "matched", "excluded": "excluded"}
"""Which of the four states a difference is shown in."""


def month() -> Column:
    """Return the month of a row."""
    return Column("month", lambda: translate("Month"), lambda row: row.month, width=78, text=lambda day: f"{day:%Y-%m}")


def channel(width: float = 84) -> Column:
    """Return the channel of a row, in words."""
    return Column(
        "channel", lambda: translate("Channel"), lambda row: word(f"channel.{row.channel}"), width=width, narrow=60
    )


def yuan(key: str, title: Callable[[], str], *, width: float = 104, bold: bool = False, alarm: str = "") -> Column:
    """Return an amount in full.

    Args:
        key: the field of the row, and the key of the column.
        title: gives the head.
        width: in px at 100 %.
        bold: whether it stands out.
        alarm: the field that colours it when it is not 0.
    """

    def value(row: Any) -> Decimal | None:
        found: Decimal | None = getattr(row, key)
        return found

    tone = (lambda row: "difference" if getattr(row, alarm) else "") if alarm else None
    return Column(
        key, title, value, Kind.MONEY, width=width, narrow=min(width, 72), whole=True, tone=tone,
        bold=(lambda _row: True) if bold else None,
    )  # fmt: skip


def total_texts(columns: Sequence[str], keys: Iterable[str], rows: Sequence[object]) -> list[str]:
    """Return the texts of a total row, by column.

    Args:
        columns: the keys of the columns; the word for the total stands in the first.
        keys: the columns that add up; one with an unknown part has no total.
        rows: what is added up.
    """
    texts = {columns[0]: translate("Total")}
    for key in keys:
        parts = [getattr(row, key) for row in rows]
        if None not in parts:
            texts[key] = figures.money(sum(parts, Decimal(0)))
    return [texts.get(key, "") for key in columns]
