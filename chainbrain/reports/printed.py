"""How one value of a report is printed."""

from __future__ import annotations

from typing import Any


def cell(value: Any, kind: str) -> str:
    """One value as it is printed; nothing where nothing is known."""
    if value is None:
        return ""
    match kind:
        case "money":
            return f"{value:,.2f}".replace("-", "−")
        case "count":
            return f"{value:,}".replace("-", "−")
        case "percent":
            return f"{value * 100:.2f}%".replace("-", "−")
        case "moment":
            return str(value.isoformat(sep=" ", timespec="seconds"))
        case "date":
            return str(value.isoformat())
        case _:
            return str(value)
