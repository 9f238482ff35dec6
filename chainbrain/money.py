"""Yuan as exact decimals: parsing, rounding half up, splitting into fen."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
LARGEST = Decimal(10) ** 15
"""Amounts that the book keeps are smaller."""
_DIGITS = 28
"""More digits than exact decimals keep are no amount."""

# Thousands commas only where they belong: 1,234.50 yes, 12,34 no.
_AMOUNT = re.compile(r"^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$")
_DRESS = re.compile(r"^(?:CNY|RMB|¥|元)?\s*|\s*(?:元|CNY)$")


def half_up(value: Decimal, places: int = 2) -> Decimal:
    """Round as bookkeepers do (四舍五入): 12.345 becomes 12.35."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def fee_of(amount: Decimal, rate: Decimal) -> Decimal:
    """The fee of one transaction in yuan, half up to the cent (domain rule: payments, section 4)."""
    return half_up(amount * rate)


def fen(amount: Decimal) -> int:
    """Whole fen of an amount with at most two decimals.

    Raises:
        ValueError: the amount has a fraction of a fen.
    """
    scaled = amount * 100
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{amount} is not a whole number of fen")
    return int(scaled)


def from_fen(value: int) -> Decimal:
    """Yuan with two decimals."""
    return Decimal(value).scaleb(-2)


def fits(amount: Decimal) -> bool:
    """Whether an amount has whole fen and is not larger than what the book keeps."""
    # The size first: what is too large cannot even be rounded.
    return amount.is_finite() and abs(amount) < LARGEST and amount == amount.quantize(CENT)


def parse_yuan(text: str, places: int = 2) -> Decimal | None:
    """Read one amount as written by people and exports; ``None`` when it is not a plain amount.

    Full-width digits, a currency mark and thousands commas in the right places are understood. More decimals than
    ``places`` are not silently rounded: they make the text unreadable.
    """
    if any(unicodedata.category(letter) == "No" for letter in text):
        # ① and ² would become plain digits as well, and 5² is not 52.
        return None
    plain = unicodedata.normalize("NFKC", text).strip()
    sign = ""
    if plain[:1] in {"+", "-"}:
        sign, plain = plain[0], plain[1:].strip()
    plain = _DRESS.sub("", plain)
    found = _AMOUNT.match(sign + plain)
    if not found or not (sign + plain).isascii():
        return None
    fraction = (found[3] or "").rstrip("0")
    if len(fraction) > places or len(found[2].replace(",", "").lstrip("0")) + places > _DIGITS:
        return None
    return Decimal(f"{found[1]}{found[2].replace(',', '')}.{found[3] or '0'}").quantize(Decimal(1).scaleb(-places))
