"""Numbers that files keep as floats, written as a workbook shows them: all digits, no noise, no notation with E."""

from __future__ import annotations

import re
from decimal import Context, Decimal, InvalidOperation
from typing import Final

SAFE_INTEGER: Final = 2**53
"""From here on neighbouring whole numbers are the same float."""
# A float keeps 15 decimal digits whatever they are; what programs print behind them is noise.
_KEPT: Final = Context(prec=15)
_FIGURE: Final = re.compile(r"[-+(¥￥$ ]*\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d{1,3})?[)%元 ]*")


def is_figure(text: str) -> bool:
    """Whether a text is a number in some dress, and no date or word."""
    return _FIGURE.fullmatch(text) is not None


def plain_figure(text: str) -> str:
    """A number as plain digits; a text that is none stays what it is.

    Whole numbers keep all their digits, so that one too long for a float can be told by its size.
    """
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return text
    if not value.is_finite() or abs(value.adjusted()) > 400:
        return text
    if value != value.to_integral_value() and abs(value) < SAFE_INTEGER:
        value = _KEPT.plus(value)
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
