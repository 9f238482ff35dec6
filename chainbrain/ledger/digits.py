"""Check digits of the numbers that money is paid to: bank cards (Luhn) and 统一社会信用代码 (GB 32100-2015)."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE: Final = re.compile(rf"[{_SIGNS}]{{2}}[0-9]{{6}}[{_SIGNS}]{{10}}")
_CARD: Final = re.compile(r"62[0-9]{14,17}|(?:4[0-9]|5[1-5]|35)[0-9]{14}")


def is_card(number: str) -> bool:
    """Whether a number looks like a bank card's; accounts of companies have no check digit."""
    return _CARD.fullmatch(number) is not None


def card_agrees(number: str) -> bool:
    """Whether the last digit of a card number follows from the others (Luhn)."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def code_agrees(code: str) -> bool:
    """Whether a 统一社会信用代码 has its form and its last sign follows from the others.

    A few real codes given out early do not: a warning, no error (domain rule: invoices-and-ids, section 7).
    """
    if _CODE.fullmatch(code) is None:
        return False
    total = sum(_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return _SIGNS[(31 - total % 31) % 31] == code[17]
