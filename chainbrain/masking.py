"""How numbers that people could be known by are shown: by their end, never whole."""

from __future__ import annotations

import re
from typing import Final

_PHONE: Final = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d{9}")
_MAIL: Final = re.compile(r"([^@\s])[^@\s]*(@[^@\s]+)")


def masked(number: str) -> str:
    """An account number as it may be shown: its last four digits."""
    return f"…{number[-4:]}" if len(number) > 4 else number


def login_masked(number: str) -> str:
    """A wallet's number as it may be shown: a person's phone or mail address masked, a merchant number whole."""
    if _PHONE.fullmatch(number):
        return masked(number)
    mail = _MAIL.fullmatch(number)
    return f"{mail[1]}…{mail[2]}" if mail else number
