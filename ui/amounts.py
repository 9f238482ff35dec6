"""Reads amounts as people type them: 220,000, 22万, 1.5亿, full-width digits."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from ui.figures import MINUS

# Written as escapes: the shapes are input, not a visible text.
_UNITS = {"\u4e07": Decimal(10_000), "w": Decimal(10_000), "\u4ebf": Decimal(100_000_000), "\u5343": Decimal(1_000)}
_TRAILING = ("\u5143", "%", "\u5e74", "\u6708")
_SHAPE = re.compile(r"^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?([\u4e07w\u4ebf\u5343]?)$")


def parse_amount(text: str) -> Decimal | None:
    """Return the amount, or None when the text is not one; a unit like 元 may follow."""
    cleaned = unicodedata.normalize("NFKC", text).strip().replace(MINUS, "-").replace("\u00a5", "")
    cleaned = re.sub(r"\s+", "", cleaned).lower()
    for ending in _TRAILING:
        cleaned = cleaned.removesuffix(ending)
    found = _SHAPE.match(cleaned)
    if not found or not (found[2] or found[3]):
        return None
    try:
        number = Decimal((found[2] or "0").replace(",", "") + (found[3] or ""))
    except InvalidOperation:
        return None
    value = number * _UNITS.get(found[4], Decimal(1))
    return -value if found[1] == "-" else value
