"""Reads amounts as people type them, in a field or on the command line: 220,000, 22万, 1.5亿, full-width digits."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from chainbrain.money import CENT, fits, parse_yuan

_MINUS = "\u2212"
# Written as escapes: the shapes are input, not a visible text.
_UNITS = {"\u4e07": Decimal(10_000), "w": Decimal(10_000), "\u4ebf": Decimal(100_000_000), "\u5343": Decimal(1_000)}
_TRAILING = ("\u5143", "%", "\u5e74", "\u6708")
_SHAPE = re.compile(r"^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?([\u4e07w\u4ebf\u5343]?)$")


def parse_amount(text: str) -> Decimal | None:
    """Return the amount, or None when the text is not one; a unit like 元 may follow."""
    if any(unicodedata.category(letter) == "No" for letter in text):
        return None  # 5² is not 52
    cleaned = unicodedata.normalize("NFKC", text).strip().replace(_MINUS, "-").replace("\u00a5", "")
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


def typed_yuan(text: str) -> Decimal | None:
    """Return a sum of money as it is typed: what tables hold, and 20万 as well; nothing where a fen would be lost.

    Tables are read by ``parse_yuan``: there 20万 would be a header's unit or a mistake.
    """
    plain = parse_yuan(text)
    if plain is not None or any(text.strip().endswith(ending) for ending in _TRAILING[1:]):
        return plain
    amount = parse_amount(text)
    return amount.quantize(CENT) if amount is not None and fits(amount) else None
