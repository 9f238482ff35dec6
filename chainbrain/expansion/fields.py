"""Reads the fields of a scenario: amounts, shares and counts, each refused by name when it cannot be right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from chainbrain.errors import UserError
from chainbrain.money import parse_yuan

_MONTH: Final = re.compile(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?", flags=re.ASCII)
_WAN: Final = re.compile(r"\s*(-?[0-9.,]+)\s*万(?:元)?\s*")


def refuse(field: str, value: object, code: str = "expansion.field_unreadable", **facts: object) -> UserError:
    """The error that names a field and what stood in it."""
    return UserError(code, field=field, value=str(value), **facts)


def decimal_of(field: str, value: object) -> Decimal:
    """Any plain number; a float is taken as it is printed, since that is what its writer saw."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise refuse(field, value)
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise refuse(field, value) from None
    if not number.is_finite():
        raise refuse(field, value)
    return number


def amount(field: str, value: object, largest: Decimal, smallest: Decimal = Decimal(0)) -> Decimal:
    """Yuan with at most two decimals; ``220,000`` and ``22万`` are understood."""
    read: Decimal | None
    if isinstance(value, str):
        in_wan = _WAN.fullmatch(value)
        read = parse_yuan(in_wan[1], places=6) if in_wan else parse_yuan(value)
        if read is not None and in_wan:
            read *= 10_000
    else:
        read = decimal_of(field, value)
    if read is None:
        raise refuse(field, value)
    # The range first: numbers of thirty digits cannot be rounded to the cent.
    if not smallest <= read <= largest:
        raise refuse(field, value, "expansion.field_out_of_range", smallest=str(smallest), largest=str(largest))
    if read != round(read, 2):
        raise refuse(field, value)
    return round(read, 2)


def share(field: str, value: object, largest: Decimal = Decimal(1)) -> Decimal:
    """A share between 0 and ``largest`` as a fraction.

    ``"62%"`` and 0.62 are the same, and so is a bare 62, because no share here can be 62 times the whole. A bare 1
    could be one per cent or the whole, so it is refused.
    """
    if isinstance(value, str) and value.strip().endswith(("%", "％")):
        read = decimal_of(field, value.strip()[:-1]) / 100
    else:
        read = decimal_of(field, value)
        if read == 1:
            raise refuse(field, value, "expansion.field_one_is_ambiguous")
        if read > largest:
            read /= 100
    if not 0 <= read <= largest:
        raise refuse(field, value, "expansion.field_out_of_range", smallest="0%", largest=f"{largest * 100:f}%")
    return _six_places(field, value, read)


def whole(field: str, value: object, smallest: int, largest: int) -> int:
    """A whole number in [smallest, largest]."""
    read = decimal_of(field, value)
    if read != read.to_integral_value():
        raise refuse(field, value)
    if not smallest <= read <= largest:
        raise refuse(field, value, "expansion.field_out_of_range", smallest=str(smallest), largest=str(largest))
    return int(read)


def ramp(field: str, value: object, longest: int, highest: Decimal) -> tuple[Decimal, ...]:
    """Per cent of mature sales month by month, as fractions; the last one holds for the rest of the life.

    Written as per cent (50, 60 ... 100), or all as fractions (0.5, 0.6 ... 1).
    """
    if isinstance(value, str):
        value = [part for part in re.split(r"[,，;；\s]+", value.strip()) if part]
    if not isinstance(value, Sequence) or isinstance(value, bytes) or not 1 <= len(value) <= longest:
        raise refuse(field, value)
    marked = [isinstance(item, str) and item.strip().endswith(("%", "％")) for item in value]
    numbers = [
        decimal_of(field, str(item).strip()[:-1] if per_cent else item)
        for item, per_cent in zip(value, marked, strict=True)
    ]
    as_fractions = not any(marked) and max(numbers) <= highest
    shares = tuple(number if as_fractions else number / 100 for number in numbers)
    for share_of_mature in shares:
        if not 0 <= share_of_mature <= highest:
            raise refuse(field, value, "expansion.field_out_of_range", smallest="0%", largest=f"{highest * 100:f}%")
        _six_places(field, value, share_of_mature)
    if not any(shares):
        raise refuse(field, value)
    return shares


def month(field: str, value: object) -> date:
    """The first day of a month written ``2027-01``."""
    if isinstance(value, date):
        return value.replace(day=1)
    found = _MONTH.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found or not 1 <= int(found[2]) <= 12 or not 2000 <= int(found[1]) <= 2200:
        raise refuse(field, value)
    return date(int(found[1]), int(found[2]), 1)


def text(field: str, value: object, longest: int = 200) -> str:
    """One line of text."""
    if not isinstance(value, str) or len(value) > longest:
        raise refuse(field, value)
    return value.strip()


def mapping(field: str, value: object) -> Mapping[str, object]:
    """A JSON object."""
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise refuse(field, value)
    return value


def _six_places(field: str, value: object, read: Decimal) -> Decimal:
    # The simulation counts shares in millionths, so that every computer gets the same figures.
    if read != round(read, 6):
        raise refuse(field, value)
    return read
