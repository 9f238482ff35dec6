"""How figures are written on screen: full yuan, 万 and 亿, changes, days; true minus signs."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from ui.theme.translator import Language, marked, translate

MINUS = "\u2212"
_WAN, _YI = Decimal(10_000), Decimal(100_000_000)

_WEEKDAYS = (
    marked("Mon"),
    marked("Tue"),
    marked("Wed"),
    marked("Thu"),
    marked("Fri"),
    marked("Sat"),
    marked("Sun"),
)

Number = Decimal | int | float


def _rounded(value: Number, places: int) -> Decimal:
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def _signed(text: str) -> str:
    return text.replace("-", MINUS)


def plain(value: Number, places: int = 0) -> str:
    """Write a number with thousands separators: ``1,234.50``."""
    return _signed(f"{_rounded(value, places):,}")


def money(value: Number, symbol: bool = False) -> str:
    """Write yuan in full with two places; ``symbol`` puts ¥ behind the minus."""
    number = _rounded(value, 2)
    text = f"{abs(number):,}"
    return (MINUS if number < 0 else "") + ("¥" if symbol else "") + text


def compact(value: Number, places: int = 1, unit: bool = True) -> str:
    """Write a large figure short: 万 and 亿 in Chinese, the full rounded figure in English.

    English has no word for ten thousand and K or M are easily misread in a book, so it stays full.
    """
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if Language.current() != Language.CHINESE or abs(number) < _WAN:
        return plain(number, 0)
    if abs(number) >= _YI:
        return plain(number / _YI, places) + (" " + translate("×100 million") if unit else "")
    return plain(number / _WAN, places) + (" " + translate("×10 thousand") if unit else "")


def change(share: Number | None, places: int = 1) -> str:
    """Write a change given as a share (0.086) with its sign: ``+8.6%``; nothing when unknown."""
    if share is None:
        return ""
    number = share if isinstance(share, Decimal) else Decimal(str(share))
    percent = _rounded(number * 100, places)
    if percent == 0:
        return translate("level")
    return ("+" if percent > 0 else MINUS) + f"{abs(percent):,}%"


def percent(share: Number, places: int = 1) -> str:
    """Write a share as percent without a plus sign: ``34.8%``."""
    number = share if isinstance(share, Decimal) else Decimal(str(share))
    return _signed(f"{_rounded(number * 100, places):,}%")


def day(value: date, year: bool = False) -> str:
    """Write a day: ``11-22``, with the year when asked for."""
    return value.strftime("%Y-%m-%d" if year else "%m-%d")


def weekday(value: date) -> str:
    """Return the short name of the weekday in the window's language."""
    return translate(_WEEKDAYS[value.weekday()])


def day_and_weekday(value: date) -> str:
    """Write ``11-22 周日``."""
    return f"{day(value)} {weekday(value)}"


def moment(value: datetime, seconds: bool = False) -> str:
    """Write a moment: ``2026-11-22 08:02``."""
    return value.strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")
