"""How figures are written for people: yuan in full, large ones short in the unit of the language, true minus signs."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from chainbrain import texts

MINUS: Final = "\u2212"
_UNITS: Final = ((Decimal(100_000_000), "unit.yi"), (Decimal(10_000), "unit.wan"))


def rounded(value: Decimal, places: int) -> Decimal:
    """Half up to so many places; never a negative zero."""
    number = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return abs(number) if number == 0 else number


def plain(value: Decimal | int, places: int = 0) -> str:
    """With thousands separators: ``1,234.50``."""
    return f"{rounded(Decimal(value), places):,}".replace("-", MINUS)


def money(value: Decimal, symbol: bool = False) -> str:
    """Yuan in full with two places; ``symbol`` puts ¥ behind the minus."""
    number = rounded(value, 2)
    return (MINUS if number < 0 else "") + ("¥" if symbol else "") + f"{abs(number):,}"


def compact(value: Decimal, lang: str, places: int = 1, unit: bool = True) -> str:
    """A large figure short: 万 and 亿 in Chinese, the full rounded figure in English.

    English has no word for ten thousand and K or M are easily misread in a book, so it stays full.
    """
    if lang == "zh":
        for size, key in _UNITS:
            if abs(value) >= size:
                return plain(value / size, places) + (f" {texts.word(key, lang)}" if unit else "")
    return plain(value)


def signed(value: Decimal, text: str) -> str:
    """An amount that was written without its sign, with it."""
    return ("+" if value > 0 else MINUS if value < 0 else "") + text


def change(share: Decimal, lang: str, places: int = 1) -> str:
    """A change given as a share (0.086) with its sign: ``+8.6%``."""
    percent = rounded(share * 100, places)
    return signed(percent, f"{abs(percent):,}%") if percent else texts.word("unit.level", lang)
