"""How wide values stand in a sheet."""

from __future__ import annotations

import unicodedata


def as_shown(value: object, kind: str) -> str:
    """A value about as a spreadsheet shows it."""
    match kind:
        case "money":
            return f"{value:,.2f}"
        case "count":
            return f"{value:,}"
        case "percent":
            return "-00.00%"
        case _:
            return str(value)


def cells_wide(text: str) -> int:
    """How wide a text stands: Chinese takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
