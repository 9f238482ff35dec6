"""How figures are written on screen: full yuan, 万 and 亿, changes, days; true minus signs."""

from datetime import date, datetime
from decimal import Decimal

from chainbrain import written
from ui.theme.translator import Language, marked, translate

MINUS = written.MINUS

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
    return written.rounded(_decimal(value), places)


def _decimal(value: Number) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _signed(text: str) -> str:
    return text.replace("-", MINUS)


def plain(value: Number, places: int = 0) -> str:
    """Write a number with thousands separators: ``1,234.50``."""
    return written.plain(_decimal(value), places)


def money(value: Number, symbol: bool = False) -> str:
    """Write yuan in full with two places; ``symbol`` puts ¥ behind the minus."""
    return written.money(_decimal(value), symbol)


def compact(value: Number, places: int = 1, unit: bool = True) -> str:
    """Write a large figure short, as the window's language does; see ``written.compact``."""
    return written.compact(_decimal(value), Language.current(), places, unit)


def change(share: Number | None, places: int = 1) -> str:
    """Write a change given as a share (0.086) with its sign: ``+8.6%``; nothing when unknown."""
    if share is None:
        return ""
    return written.change(_decimal(share), Language.current(), places)


def percent(share: Number, places: int = 1) -> str:
    """Write a share as percent without a plus sign: ``34.8%``."""
    return _signed(f"{_rounded(_decimal(share) * 100, places):,}%")


def day(value: date, year: bool = False) -> str:
    """Write a day: ``11-22``, with the year when asked for."""
    return value.strftime("%Y-%m-%d" if year else "%m-%d")


def days(first: date, last: date, beside: date | None = None) -> str:
    """Write a run of days: ``08-27–09-26``, one day alone ``10-03``; with years where it spans two of them, or lies in
    another than ``beside``."""
    year = first.year != last.year or (beside is not None and beside.year != last.year)
    return day(first, year) if first == last else f"{day(first, year)}–{day(last, year)}"


def weekday(value: date) -> str:
    """Return the short name of the weekday in the window's language."""
    return translate(_WEEKDAYS[value.weekday()])


def weekday_name(number: int) -> str:
    """Return the short name of a weekday, 1 Monday to 7."""
    return translate(_WEEKDAYS[number - 1])


def day_and_weekday(value: date) -> str:
    """Write ``11-22 周日``."""
    return f"{day(value)} {weekday(value)}"


def moment(value: datetime, seconds: bool = False) -> str:
    """Write a moment: ``2026-11-22 08:02``."""
    return value.strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")
