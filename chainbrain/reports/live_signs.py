"""Which side of nothing a figure of the live workbook lies on, as a formula and as what it comes to."""

from __future__ import annotations

from decimal import Decimal


def side_of(of: str, here: str, at: int, number: int) -> str:
    """On which side of nothing a figure lies; one of nothing stays where the last one was."""
    before = f"{here}{at - 1}" if number else "0"
    return f"=IF(ROUND({of}{at},6)=0,{before},SIGN({of}{at}))"


def turned(value: Decimal, before: int) -> int:
    """What ``side_of`` comes to."""
    value = round(value, 6)
    return before if not value else 1 if value > 0 else -1
