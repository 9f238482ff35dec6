"""Which bank lines stand behind what came, beside a forecast that was kept."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chainbrain.cash.comparing import ComparedDay, ComparedDue
from ui import figures
from ui.theme.translator import translate

if TYPE_CHECKING:
    from chainbrain.cash.comparing import Comparison

_DAY = timedelta(days=1)


def lines_behind(found: Comparison, row: object, key: str) -> tuple[dict[str, object], str] | None:
    """The filters of the bank lines behind a figure and what they are called; nothing where none stand behind it.

    An item opens the line that paid it. A day opens its lines: they are by how much its balance moved; how far it lies
    above what was expected opens all lines since the forecast was kept, of which that difference came.
    """
    if isinstance(row, ComparedDue):
        ids = [row.line_id] if row.line_id is not None and key in {"", "paid", "state"} else []
        return ({"ids": ids}, translate("Really paid")) if ids else None
    if not isinstance(row, ComparedDay) or row.actual is None or key not in {"", "actual", "off"}:
        return None
    day = row.foreseen.day
    first = found.freeze.known_to + _DAY if key == "off" else day
    title = figures.day(day) if first == day else f"{figures.day(first)} – {figures.day(day)}"
    return {"accounts": list(found.accounts), "first": first, "after": day + _DAY}, title
